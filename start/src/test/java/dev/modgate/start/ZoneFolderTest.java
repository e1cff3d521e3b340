package dev.modgate.start;

final class ZoneFolderTest extends SettingsContract<ZoneFolder> {
  ZoneFolderTest() {
    super(ZoneFolder.class, "all.yml", Service.class);
  }
}
