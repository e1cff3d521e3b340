-- What is forgotten by its age.
create index tick_changed_at on tick (changed_at);
create index agent_out_created on agent_out (created_at);
create index want_list_commit on want_list (agent, source, commit_id);
alter table agent_status add column noted_at timestamp(3) with time zone default current_timestamp not null;
create index agent_status_noted on agent_status (noted_at);

-- The highest number of an agent's lists that are forgotten: no list up to it is taken again.
alter table agent_peer add column forgotten bigint default 0 not null;
