package dev.modgate.check;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import java.util.Optional;

/// One module version that a project needs.
///
/// @param goMod the hash that its go.mod must have
/// @param where who says so, such as `go.sum:12`
public record Item(ModuleVersion module, Need need, Optional<H1> goMod, String where) {
  /// Both needs in one.
  Item and(Item other) {
    return new Item(module, need.and(other.need), goMod.or(() -> other.goMod), where);
  }
}
