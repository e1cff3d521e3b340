package dev.modgate.start;

final class BlobFolderTest extends SettingsContract<BlobFolder> {
  BlobFolderTest() {
    super(BlobFolder.class, "all.yml", Service.class);
  }
}
