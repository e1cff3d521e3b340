package dev.modgate.gateway;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says in one sentence why the gateway can't listen, instead of a stack.
final class GatewayStartFailureAnalyzer extends AbstractFailureAnalyzer<GatewayStartException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, GatewayStartException cause) {
    return new FailureAnalysis(cause.sentence(), null, cause);
  }
}
