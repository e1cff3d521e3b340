package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.gomod.sumdb.GoSumDb;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SumDbSettingTest extends SettingsContract<SumDbSetting> {
  SumDbSettingTest() {
    super(SumDbSetting.class, "all.yml", Service.class);
  }

  @Test
  void refusesADatabaseWithoutAKnownKey() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> read(Map.of("modgate.sumdb.database", "nowhere")))
        .withMessage(
            "modgate.sumdb.database can't be used: GOSUMDB \"nowhere\" is no database whose key is"
                + " known, want name+hash+key");
  }

  @Test
  void isOffOnlyWhereSomebodySaysSo() {
    assertThat(read(Map.of()).parsed()).isInstanceOf(GoSumDb.Database.class);
    assertThat(read(Map.of("modgate.sumdb.database", "off")).parsed())
        .isInstanceOf(GoSumDb.Off.class);
  }
}
