package dev.modgate.gomod.fuzz;

import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumException;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.proxy.VersionListFile;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.gomod.zip.ZipReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What reads foreign bytes. Each answers with its result, or with what it says of broken input, so
/// that two answers can be compared.
enum Parser {
  ZIP {
    @Override
    String answer(byte[] input) throws IOException {
      ZipReport report = ModuleZip.inspect(new BytesChannel(input), MODULE);
      report.hash().ifPresent(hash -> JdkZip.check(input, hash));
      report.faults().forEach(fault -> sentences(fault.sentence()));
      return report.toString();
    }
  },
  GO_SUM {
    @Override
    String answer(byte[] input) throws IOException {
      try {
        return GoSum.parse(new ByteArrayInputStream(input), "go.sum").toString();
      } catch (GoSumException e) {
        return sentences(e.getMessage());
      }
    }
  },
  GO_MOD {
    @Override
    String answer(byte[] input) {
      try {
        return GoMod.parse(input, "go.mod").toString();
      } catch (GoModException e) {
        return sentences(e.getMessage());
      }
    }
  },
  GO_MOD_LAX {
    @Override
    String answer(byte[] input) {
      try {
        return GoMod.parseLax(input, "go.mod") + " " + GoMod.declaredPath(input, "go.mod");
      } catch (GoModException e) {
        return sentences(e.getMessage());
      }
    }
  },
  INFO {
    @Override
    String answer(byte[] input) {
      try {
        return VersionInfo.parse(input).toString();
      } catch (VersionInfoException e) {
        return sentences(e.getMessage());
      }
    }
  },
  VERSION_LIST {
    @Override
    String answer(byte[] input) {
      return VersionListFile.parse(input).toString();
    }
  },
  GOPROXY {
    @Override
    String answer(byte[] input) {
      return refusable(() -> ProxyList.parse(text(input)).toString());
    }
  },
  REQUEST {
    @Override
    String answer(byte[] input) {
      return ProxyPath.parse(text(input)).toString();
    }
  },
  MODULE_VERSION {
    @Override
    String answer(byte[] input) {
      String text = text(input);
      return refusable(() -> roundTrip(ModuleVersion.parse(text)))
          + refusable(() -> ModulePath.unescape(text).toString())
          + refusable(() -> ModuleVersion.unescapeVersion(text).toString());
    }
  };

  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/m@v1.0.0");

  /// @throws RuntimeException or any other one: a bug
  abstract String answer(byte[] input) throws IOException;

  /// The folder of what was put right.
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private interface Call {
    String run();
  }

  private static String refusable(Call call) {
    try {
      return call.run();
    } catch (IllegalArgumentException e) {
      if (e.getClass() != IllegalArgumentException.class) {
        throw e;
      }
      return sentences(e.getMessage());
    }
  }

  /// What may be shown to a person, line by line.
  private static String sentences(@Nullable String text) {
    if (text == null || text.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c))) {
      throw new IllegalStateException("no sentence: " + text);
    }
    return text;
  }

  private static String roundTrip(ModuleVersion module) {
    var again =
        new ModuleVersion(
            ModulePath.unescape(module.path().escaped()),
            ModuleVersion.unescapeVersion(module.escapedVersion()));
    if (!again.equals(module)) {
      throw new IllegalStateException(module + " became " + again);
    }
    return module.toString();
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }
}
