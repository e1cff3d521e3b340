package dev.modgate.start;

final class SumDbSettingTest extends SettingsContract<SumDbSetting> {
  SumDbSettingTest() {
    super(SumDbSetting.class, "all.yml", Service.class);
  }
}
