-- A module that a watch asks the upstreams about.
create table watch_poll (
  watch      varchar(63)   not null,
  path       varchar(1000) not null,
  next_poll  timestamp(3) with time zone not null,
  failures   integer       not null default 0, -- in a row
  polled_at  timestamp(3) with time zone, -- the last time that an upstream answered
  last_error varchar(1000),
  primary key (watch, path)
);
create index watch_poll_due on watch_poll (next_poll);

-- A version that a watch has seen.
create table watch_version (
  watch    varchar(63)   not null,
  path     varchar(1000) not null,
  version  varchar(255)  not null,
  seen_at  timestamp(3) with time zone not null,
  sync_id  varchar(36), -- null for what was there before, was too old, or was inside already
  primary key (watch, path, version)
);
create index watch_version_sync on watch_version (sync_id);
