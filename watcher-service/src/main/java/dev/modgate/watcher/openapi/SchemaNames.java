package dev.modgate.watcher.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/// Names a nested type after the one that it is in, too: `SyncView.Item` is `SyncViewItem`.
final class SchemaNames extends TypeNameResolver {

  @Override
  protected String nameForClass(Class<?> type, Set<Options> options) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null
        ? super.nameForClass(type, options)
        : nameForClass(outer, options) + type.getSimpleName();
  }
}
