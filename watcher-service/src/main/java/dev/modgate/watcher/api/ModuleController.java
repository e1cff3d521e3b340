package dev.modgate.watcher.api;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.watcher.catalog.ModuleViews;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/modules/{path}` and `/api/v1/modules/{path}/versions/{version}`; the path with its
/// slashes, as written in a go.mod.
@RestController
final class ModuleController {
  private static final String PREFIX = "/api/v1/modules/";
  private static final String VERSIONS = "/versions/";

  private final ModuleViews views;

  ModuleController(ModuleViews views) {
    this.views = views;
  }

  @GetMapping(PREFIX + "**")
  Object module(HttpServletRequest request) {
    String rest = request.getRequestURI().substring(PREFIX.length()).replace("+", "%2B");
    String name;
    try {
      name = URLDecoder.decode(rest, StandardCharsets.UTF_8);
      int versions = name.lastIndexOf(VERSIONS);
      return versions < 0
          ? known(new ModulePath(name))
          : known(
              ModuleVersion.parse(
                  name.substring(0, versions)
                      + "@"
                      + name.substring(versions + VERSIONS.length())));
    } catch (IllegalArgumentException e) {
      throw BadRequestException.unprocessable(String.valueOf(e.getMessage()));
    }
  }

  private ModuleViews.ModuleView known(ModulePath path) {
    ModuleViews.ModuleView view = views.module(path);
    if (view.versions().isEmpty()) {
      throw BadRequestException.notFound(
          path + " was never asked for; ask for a version with: modgate sync " + path + "@VERSION");
    }
    return view;
  }

  private ModuleViews.VersionView known(ModuleVersion module) {
    ModuleViews.VersionView view = views.version(module);
    if (view.wants().isEmpty() && view.timeline().isEmpty()) {
      throw BadRequestException.notFound(
          module + " was never asked for; ask for it with: modgate sync " + module);
    }
    return view;
  }
}
