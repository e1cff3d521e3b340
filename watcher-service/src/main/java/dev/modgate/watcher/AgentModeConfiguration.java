package dev.modgate.watcher;

import org.springframework.context.annotation.Configuration;

/// What an agent has besides the parts that both modes share.
@Configuration(proxyBeanMethods = false)
class AgentModeConfiguration {}
