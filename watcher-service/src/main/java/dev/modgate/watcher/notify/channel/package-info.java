/// Where notifications go, as it is declared below `modgate.watcher.notifications.channels`.
///
/// The URL of a Slack, DingTalk, Feishu or WeCom robot lets in whoever knows it, so it is a secret
/// as much as a signing key: it may be a reference (`env:NAME`, `file:PATH`), and neither is ever
/// shown, logged or stored. What is shown of a receiver is its host.
@NullMarked
package dev.modgate.watcher.notify.channel;

import org.jspecify.annotations.NullMarked;
