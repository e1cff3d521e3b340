-- What came to /hooks/SOURCE, and what became of it; never its body, never a secret.
create table delivery (
  id             varchar(36)   primary key,
  source         varchar(63)   not null, -- as in the path; empty where that can be none
  verdict        varchar(24)   not null,
  sentence       varchar(4000) not null,
  authentic      boolean       not null,
  event          varchar(16),            -- push, tag, pull-request, release, ping, other
  repository     varchar(400),           -- as the payload names it, or as we do once it is known
  host_delivery  varchar(200),           -- the host's id; null where it gave none
  same_as        varchar(200),           -- deliveries of a source that have this in common are one
  body_sha256    varchar(64),            -- hex; null where it was not read to its end
  body_bytes     bigint        not null,
  run_id         varchar(36),            -- that reads it
  coalesced      boolean       not null default false, -- that run waited already
  redelivery_of  varchar(36),
  repeats        integer       not null default 0, -- how often it came again
  last_repeat_at timestamp(3) with time zone,
  received_at    timestamp(3) with time zone not null,
  unique (source, same_as)
);
create index delivery_received on delivery (received_at, id);
create index delivery_source on delivery (source, received_at);
create index delivery_authentic on delivery (source, authentic, received_at);
create index delivery_run on delivery (run_id);

-- The refs that moved, wanted or not.
create table delivery_ref (
  delivery_id varchar(36)  not null references delivery (id) on delete cascade,
  ref         varchar(400) not null,
  commit_id   varchar(64), -- null for what the ref names when it is read
  primary key (delivery_id, ref)
);
