package dev.modgate.start;

import dev.modgate.gomod.sumdb.GoSumDb;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The checksum database that decides, the same for verifier and publisher.
///
/// @param database GOSUMDB syntax
@ConfigurationProperties("modgate.sumdb")
public record SumDbSetting(@DefaultValue(GoSumDb.DEFAULT) String database) {

  public SumDbSetting {
    var check = new Check("modgate.sumdb");
    try {
      var _ = GoSumDb.parse(database);
    } catch (IllegalArgumentException e) {
      check.that(false, "database", "can't be used: " + e.getMessage());
    }
    check.end();
  }

  public GoSumDb parsed() {
    return GoSumDb.parse(database);
  }
}
