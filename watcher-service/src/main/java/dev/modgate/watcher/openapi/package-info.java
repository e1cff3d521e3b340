/// The API's description of itself, in OpenAPI 3.1, made of the controllers.
///
/// What every operation has (problem documents, idempotency keys, entity tags, pages) is added to
/// each by itself. What no signature says stands in `words.txt`: a sentence for each operation
/// (`GET /api/v1/syncs: …`), for its parameters where they mean something of their own (`GET
/// /api/v1/syncs label: …`) or else for all of that name (`parameter limit: …`), and for each body
/// (`body SyncView: …`).
@NullMarked
package dev.modgate.watcher.openapi;

import org.jspecify.annotations.NullMarked;
