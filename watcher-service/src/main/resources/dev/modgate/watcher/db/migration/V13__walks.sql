-- What a proven go.mod says; it never changes.
create table go_mod (
  path    varchar(1000)   not null,
  version varchar(255)    not null,
  facts   varchar(300000) not null, -- JSON
  primary key (path, version)
);

-- Of a sync whose module graph is walked: what is needed shows itself go.mod after go.mod.
create table walk (
  sync_id      varchar(36) primary key references sync (id) on delete cascade,
  closures     text        not null, -- JSON
  rounds       integer     not null default 0, -- how often it asked for more
  due_at       timestamp(3) with time zone, -- when to look again; null while an answer is waited for
  lease        varchar(36),
  leased_until timestamp(3) with time zone,
  ended_at     timestamp(3) with time zone
);
create index walk_due on walk (ended_at, due_at);

alter table sync add column priority integer default 0 not null; -- of its requests, lower is sooner
alter table sync add column failure varchar(4000); -- why it can't be done, whatever is inside
alter table sync add column cancelled_at timestamp(3) with time zone;
