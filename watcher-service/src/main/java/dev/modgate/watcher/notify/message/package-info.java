/// What is told, in English and in Chinese, before a service's form is given to it.
///
/// Our own words and those of others are kept apart to the end ({@link
/// dev.modgate.watcher.notify.message.Line.Part}). A sync's label, a module's sentence or an
/// owner's name may hold anything: each form shows such text, and lets it do nothing. It is no
/// markup, no link with another text, no mention of anybody.
///
/// | markup | own escapes | and what has none |
/// |---|---|---|
/// | HTML | `&amp;` `&lt;` `&gt;` `&quot;` | |
/// | Slack | `&amp;` `&lt;` `&gt;`, the three of its documentation | a lookalike in place of what would be markup: `∗` for `*` |
/// | markdown of DingTalk and WeCom | none documented | the same; also for `[ ] < > & # \ |` |
///
/// Feishu takes text in parts that hold no markup at all.
@NullMarked
package dev.modgate.watcher.notify.message;

import org.jspecify.annotations.NullMarked;
