/// The HTTP API under `/api/v1`: JSON, errors as problem documents (RFC 9457).
@NullMarked
package dev.modgate.watcher.api;

import org.jspecify.annotations.NullMarked;
