-- Why the plan of a commit is not whole: the first of its files that can't be read.
alter table commit_seen add column unread varchar(600);
