package dev.modgate.watcher.agent;

import dev.modgate.watcher.carry.OutFolder;
import java.io.IOException;

/// A folder that somebody carries outward.
record FolderRoute(String agent, OutFolder folder) implements Route {
  @Override
  public Delivery deliver(long number, byte[] list) throws IOException {
    String name = agent + "-" + number + ".want";
    folder.put(name, list);
    return new Delivery.Sent("written as " + name);
  }
}
