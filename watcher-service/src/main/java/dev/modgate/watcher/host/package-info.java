/// The APIs of the Git hosts: how a commit gets its status, and which repositories a group has.
///
/// | host | root of the API, unless declared | status of a commit | repositories of a group |
/// |---|---|---|---|
/// | GitHub | `https://api.github.com`, else `/api/v3` | `POST repos/O/R/statuses/SHA` | `GET orgs/G/repos` |
/// | GitLab | `/api/v4` | `POST projects/P/statuses/SHA` | `GET groups/G/projects`, with subgroups |
/// | Gitea, Forgejo | `/api/v1` | `POST repos/O/R/statuses/SHA` | `GET orgs/G/repos` |
/// | Bitbucket Cloud | `https://api.bitbucket.org/2.0` | `POST repositories/O/R/commit/SHA/statuses/build` | |
/// | Bitbucket Data Center 7.4 and later | `/rest/api/1.0` | `POST projects/P/repos/R/commits/SHA/builds` | |
/// | Gitee | `/api/v5` | `repos/O/R/check-runs`: `POST`, or `PATCH` of one that is not completed | |
///
/// Gitee's API has no statuses, but check runs, whose conclusion can't be changed: a completed one
/// is followed by another of the same name.
///
/// Only declared addresses are asked: a host's answer is read for names and states, and no URL in
/// it is ever used. Redirects are not followed. Answers are bounded in size and time.
@NullMarked
package dev.modgate.watcher.host;

import org.jspecify.annotations.NullMarked;
