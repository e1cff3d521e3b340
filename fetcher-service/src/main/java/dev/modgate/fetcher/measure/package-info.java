/// How quick and how reliable something is that is asked over and over: moving averages, and
/// quantiles over the last minutes. Bounded in size, whatever is counted.
///
/// The averages are exponentially weighted: each new value counts for a fifth, so that the last
/// dozen say nearly all. An upstream that is asked seldom keeps its values until it is asked again.
@NullMarked
package dev.modgate.fetcher.measure;

import org.jspecify.annotations.NullMarked;
