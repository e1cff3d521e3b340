package dev.modgate.watcher.git.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.util.NB;

/// A bare repository that takes packs within the limits, and nothing else.
public final class ScratchRepository extends FileRepository {
  private static final int PACK_HEADER = 12; // PACK, version, number of objects: gitformat-pack(5)

  private final GitSettings settings;

  /// @param folder that does not exist yet
  public ScratchRepository(Path folder, GitSettings settings) throws IOException {
    super(new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().setup());
    this.settings = settings;
    create(true);
  }

  @Override
  public ObjectInserter newObjectInserter() {
    ObjectInserter inserter = super.newObjectInserter();
    return new ObjectInserter.Filter() {
      @Override
      protected ObjectInserter delegate() {
        return inserter;
      }

      @Override
      public PackParser newPackParser(InputStream in) throws IOException {
        PackParser parser = super.newPackParser(withFewObjects(in));
        parser.setMaxObjectSizeLimit(settings.largestObject().toBytes());
        return parser;
      }
    };
  }

  /// The parser allocates for as many objects as the pack says it has.
  private InputStream withFewObjects(InputStream in) throws IOException {
    byte[] header = in.readNBytes(PACK_HEADER);
    if (header.length == PACK_HEADER) {
      long objects = NB.decodeUInt32(header, 8);
      if (objects > settings.mostObjects()) {
        throw new OverLimitException(
            "the host sends "
                + objects
                + " objects, git.most-objects is "
                + settings.mostObjects());
      }
    }
    return new SequenceInputStream(new ByteArrayInputStream(header), in);
  }
}
