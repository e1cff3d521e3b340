package dev.modgate.watcher.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A source as it is declared: below `modgate.watcher.sources.<name>` in `modgate.yml` (`ssh-key`),
/// and in the API (`sshKey`). What is left out has its default; `watcher.yml` explains each key.
///
/// @param git the repository, or what stands before the names of a group's repositories
/// @param host a {@link HostKind}; may be left out for well-known hosts
/// @param secrets of the webhook, one or two references
/// @param gitCredential a reference to `user:password` or a token
/// @param group of repositories at the host, in place of one
/// @param agent that reads the repository, in place of this watcher
/// @param poll such as `5m`; `0s` for never
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceDeclaration(
    @Nullable String git,
    @Nullable String host,
    @Nullable String group,
    @Nullable List<String> include,
    @Nullable List<String> exclude,
    @Nullable String agent,
    @Nullable Boolean webhook,
    @Nullable List<String> secrets,
    @Nullable String signatureHeader,
    @Nullable String deliveryHeader,
    @Nullable String gitCredential,
    @Nullable String sshKey,
    @Nullable String knownHosts,
    @Nullable String caFile,
    @Nullable String api,
    @Nullable String apiToken,
    @Nullable List<String> branches,
    @Nullable List<String> tags,
    @Nullable List<String> folders,
    @Nullable String depth,
    @Nullable Boolean pullRequests,
    @Nullable String poll,
    @Nullable Map<String, String> labels,
    @Nullable String owner) {}
