package dev.modgate.gomod.fuzz;

import java.util.Locale;

/// What reads foreign bytes. Each answers with what it has read, or with what it says of broken
/// input, so that two answers can be compared.
enum Parser {
  ZIP,
  GO_SUM,
  GO_MOD,
  GO_WORK,
  VENDORED,
  INFO,
  VERSION_LIST,
  GOPROXY,
  REQUEST,
  VERSION,
  MODULE_VERSION,
  NOTE,
  VERIFIER_KEY,
  TREE_HEAD,
  TILE_PATH,
  TILES,
  LOG_PROOFS,
  LOOKUP_REPLY,
  DATABASE_PROOF,
  GOSUMDB,
  GONOSUMDB;

  /// @throws Exception any: a bug
  String answer(byte[] input) throws Exception {
    return switch (this) {
      case ZIP -> ModuleAnswers.zip(input);
      case GO_SUM -> ModuleAnswers.goSum(input);
      case GO_MOD -> ModuleAnswers.goMod(input);
      case GO_WORK -> ModuleAnswers.goWork(input);
      case VENDORED -> ModuleAnswers.vendored(input);
      case INFO -> ModuleAnswers.info(input);
      case VERSION_LIST -> ModuleAnswers.versionList(input);
      case GOPROXY -> ModuleAnswers.goProxy(input);
      case REQUEST -> ModuleAnswers.request(input);
      case VERSION -> ModuleAnswers.version(input);
      case MODULE_VERSION -> ModuleAnswers.moduleVersion(input);
      case NOTE -> LogAnswers.note(input);
      case VERIFIER_KEY -> LogAnswers.verifierKey(input);
      case TREE_HEAD -> LogAnswers.treeHead(input);
      case TILE_PATH -> LogAnswers.tilePath(input);
      case TILES -> LogAnswers.tiles(input);
      case LOG_PROOFS -> LogAnswers.logProofs(input);
      case LOOKUP_REPLY -> DatabaseAnswers.lookupReply(input);
      case DATABASE_PROOF -> DatabaseAnswers.proof(input);
      case GOSUMDB -> DatabaseAnswers.goSumDb(input);
      case GONOSUMDB -> DatabaseAnswers.noSumDb(input);
    };
  }

  /// Of the inputs that were put right.
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
