package dev.modgate.cli;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Names of syncs on the command line.
final class SyncIds {
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{1,64}");

  private SyncIds() {}

  /// Asks for something to be done to a sync.
  ///
  /// @throws CliException where that is no id of a sync
  static JsonNode post(ApiClient api, String id, String what) {
    if (!ID.matcher(id).matches()) {
      throw CliException.usage("\"" + Output.lines(id) + "\" is no id of a sync");
    }
    return api.post("/api/v1/syncs/" + id + "/" + what, JsonMapper.shared().createObjectNode());
  }
}
