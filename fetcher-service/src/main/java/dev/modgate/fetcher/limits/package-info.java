/// The limits of upstreams as `modgate.yml` has them: the usual ones, and those that single
/// upstreams have of their own (`modgate.fetcher.overrides`), each of which replaces one of the
/// usual. All are explained in `fetcher.yml`.
@NullMarked
package dev.modgate.fetcher.limits;

import org.jspecify.annotations.NullMarked;
