CREATE TABLE `adoption` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`system` text NOT NULL,
	`org_id` integer NOT NULL,
	`policy` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text,
	`adopted_by` integer,
	`adopted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `adoption_org` ON `adoption` (`org_id`);--> statement-breakpoint
CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor_id` integer,
	`act` text NOT NULL,
	`subject` text NOT NULL,
	`data_sealed` text,
	`previous` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject`);--> statement-breakpoint
CREATE TABLE `chat` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`connection` text NOT NULL,
	`external_id` text NOT NULL,
	`name` text,
	`purpose` text,
	`org_id` integer,
	`bound_by` integer,
	`bound_at` integer,
	`external` integer DEFAULT false NOT NULL,
	`gone_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_external` ON `chat` (`connection`,`external_id`);--> statement-breakpoint
CREATE INDEX `chat_org` ON `chat` (`org_id`);--> statement-breakpoint
CREATE TABLE `cohort` (
	`member_id` integer NOT NULL,
	`name` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text,
	PRIMARY KEY(`member_id`, `name`, `from_day`)
);
--> statement-breakpoint
CREATE TABLE `contact_point` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`org_id` integer,
	`from_day` text NOT NULL,
	`to_day` text
);
--> statement-breakpoint
CREATE INDEX `contact_point_member` ON `contact_point` (`member_id`);--> statement-breakpoint
CREATE TABLE `excuse` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`duty` text,
	`reason` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `excuse_member` ON `excuse` (`member_id`);--> statement-breakpoint
CREATE TABLE `follow` (
	`subject` text NOT NULL,
	`card_id` integer NOT NULL,
	PRIMARY KEY(`subject`, `card_id`)
);
--> statement-breakpoint
CREATE TABLE `household` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`org_id` integer NOT NULL,
	`address_digest` text NOT NULL,
	`building_digest` text NOT NULL,
	`building` text NOT NULL,
	`address_sealed` text NOT NULL,
	`head_name` text NOT NULL,
	`head_pinyin` text NOT NULL,
	`grid_id` integer,
	`size` integer,
	`consent` text DEFAULT '未告知' NOT NULL,
	`consent_at` integer,
	`from_day` text NOT NULL,
	`to_day` text,
	`phone_sealed` text,
	`phone_digest` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `household_address` ON `household` (`org_id`,`address_digest`);--> statement-breakpoint
CREATE INDEX `household_building` ON `household` (`org_id`,`building_digest`);--> statement-breakpoint
CREATE INDEX `household_pinyin` ON `household` (`org_id`,`head_pinyin`);--> statement-breakpoint
CREATE TABLE `identity` (
	`connection` text NOT NULL,
	`external_id` text NOT NULL,
	`member_id` integer NOT NULL,
	`private_chat` text,
	PRIMARY KEY(`connection`, `external_id`)
);
--> statement-breakpoint
CREATE INDEX `identity_member` ON `identity` (`member_id`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`connection` text NOT NULL,
	`received_at` integer NOT NULL,
	`status` text NOT NULL,
	`body_sealed` text,
	`answer_sealed` text,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_key` ON `inbox` (`key`);--> statement-breakpoint
CREATE INDEX `inbox_received` ON `inbox` (`received_at`);--> statement-breakpoint
CREATE INDEX `inbox_status` ON `inbox` (`status`);--> statement-breakpoint
CREATE TABLE `issue` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`org_id` integer NOT NULL,
	`year` integer NOT NULL,
	`number` integer NOT NULL,
	`household_id` integer,
	`visit_id` integer,
	`building` text NOT NULL,
	`place_sealed` text,
	`person_sealed` text,
	`words_sealed` text NOT NULL,
	`topic` text NOT NULL,
	`alternatives` text NOT NULL,
	`grade` text NOT NULL,
	`state` text NOT NULL,
	`logger_id` integer NOT NULL,
	`owner_id` integer NOT NULL,
	`triage_org_id` integer NOT NULL,
	`decider_id` integer,
	`handler_id` integer,
	`handler_org_id` integer,
	`former` text DEFAULT '[]' NOT NULL,
	`returned` text DEFAULT '[]' NOT NULL,
	`outside_sealed` text,
	`step_at` integer NOT NULL,
	`due_at` integer,
	`promised_day` text,
	`told_at` integer,
	`later_day` text,
	`close_kind` text,
	`result_sealed` text,
	`asker_id` integer,
	`satisfaction` text,
	`signed_at` integer,
	`rework` integer DEFAULT 0 NOT NULL,
	`third_path` text,
	`complaint` integer DEFAULT false NOT NULL,
	`subjects` text DEFAULT '[]' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `issue_number` ON `issue` (`org_id`,`year`,`number`);--> statement-breakpoint
CREATE INDEX `issue_by_number` ON `issue` (`number`);--> statement-breakpoint
CREATE INDEX `issue_visit` ON `issue` (`visit_id`);--> statement-breakpoint
CREATE INDEX `issue_state` ON `issue` (`org_id`,`state`);--> statement-breakpoint
CREATE INDEX `issue_triage` ON `issue` (`triage_org_id`,`state`);--> statement-breakpoint
CREATE INDEX `issue_handler` ON `issue` (`handler_id`,`state`);--> statement-breakpoint
CREATE INDEX `issue_handler_org` ON `issue` (`handler_org_id`,`state`);--> statement-breakpoint
CREATE INDEX `issue_asker` ON `issue` (`asker_id`,`state`);--> statement-breakpoint
CREATE INDEX `issue_due` ON `issue` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `issue_closed` ON `issue` (`org_id`,`closed_at`);--> statement-breakpoint
CREATE INDEX `issue_created` ON `issue` (`org_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `issue_step` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`act` text NOT NULL,
	`from_state` text NOT NULL,
	`to_state` text NOT NULL,
	`actor_id` integer,
	`at` integer NOT NULL,
	`data_sealed` text,
	`before_sealed` text,
	`taken_back_at` integer
);
--> statement-breakpoint
CREATE INDEX `issue_step_issue` ON `issue_step` (`issue_id`);--> statement-breakpoint
CREATE TABLE `job_run` (
	`job` text NOT NULL,
	`period` text NOT NULL,
	`scope` text NOT NULL,
	`ran_at` integer NOT NULL,
	`note` text,
	PRIMARY KEY(`job`, `period`, `scope`)
);
--> statement-breakpoint
CREATE INDEX `job_run_ran` ON `job_run` (`job`,`ran_at`);--> statement-breakpoint
CREATE TABLE `leave` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`reason` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`cancelled_at` integer
);
--> statement-breakpoint
CREATE INDEX `leave_member` ON `leave` (`member_id`,`to_day`);--> statement-breakpoint
CREATE TABLE `live_card` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`connection` text NOT NULL,
	`target_type` text NOT NULL,
	`target_id` text NOT NULL,
	`message_id` text NOT NULL,
	`viewer_id` integer,
	`view` text NOT NULL,
	`params` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`posted_at` integer NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `live_card_message` ON `live_card` (`connection`,`message_id`);--> statement-breakpoint
CREATE INDEX `live_card_posted` ON `live_card` (`retired_at`,`posted_at`);--> statement-breakpoint
CREATE TABLE `member` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`pinyin` text NOT NULL,
	`org_id` integer NOT NULL,
	`community_id` integer,
	`phone_sealed` text,
	`phone_digest` text,
	`status` text NOT NULL,
	`status_from` text NOT NULL,
	`nudge_at` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `member_org` ON `member` (`org_id`);--> statement-breakpoint
CREATE INDEX `member_community` ON `member` (`community_id`);--> statement-breakpoint
CREATE INDEX `member_name` ON `member` (`name`);--> statement-breakpoint
CREATE INDEX `member_pinyin` ON `member` (`pinyin`);--> statement-breakpoint
CREATE INDEX `member_phone` ON `member` (`phone_digest`);--> statement-breakpoint
CREATE TABLE `need_label` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`household_id` integer NOT NULL,
	`label_sealed` text NOT NULL,
	`author_id` integer,
	`reason` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `need_household` ON `need_label` (`household_id`);--> statement-breakpoint
CREATE TABLE `nudge` (
	`member_id` integer NOT NULL,
	`duty` text NOT NULL,
	`period` text NOT NULL,
	`nth` integer NOT NULL,
	`sent_at` integer NOT NULL,
	`answer` text,
	`answered_at` integer,
	PRIMARY KEY(`member_id`, `duty`, `period`, `nth`)
);
--> statement-breakpoint
CREATE TABLE `org` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`parent_id` integer,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`path` text NOT NULL,
	`phone` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `org_sibling` ON `org` (`parent_id`,`name`);--> statement-breakpoint
CREATE INDEX `org_path` ON `org` (`path`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`cause` text NOT NULL,
	`ordinal` integer NOT NULL,
	`connection` text NOT NULL,
	`kind` text NOT NULL,
	`target_type` text NOT NULL,
	`target_id` text NOT NULL,
	`lane` text NOT NULL,
	`payload` text NOT NULL,
	`message_id` text,
	`exempt` integer NOT NULL,
	`not_before` integer NOT NULL,
	`created_at` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`attempted_at` integer,
	`first_attempt_at` integer,
	`lease_until` integer,
	`uuid` text NOT NULL,
	`error` text,
	`sent_message_id` text,
	`sent_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_cause` ON `outbox` (`cause`,`ordinal`);--> statement-breakpoint
CREATE INDEX `outbox_open` ON `outbox` (`connection`,`target_id`,`lane`,`id`) WHERE state in ('pending', 'leased');--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`lane`,`id`,`not_before`) WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_state` ON `outbox` (`state`,`not_before`) WHERE state <> 'sent';--> statement-breakpoint
CREATE INDEX `outbox_sent` ON `outbox` (`sent_at`);--> statement-breakpoint
CREATE TABLE `pairing` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`household_id` integer NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `pairing_member` ON `pairing` (`member_id`);--> statement-breakpoint
CREATE INDEX `pairing_household` ON `pairing` (`household_id`);--> statement-breakpoint
CREATE TABLE `role` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`org_id` integer NOT NULL,
	`role` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text
);
--> statement-breakpoint
CREATE INDEX `role_member` ON `role` (`member_id`);--> statement-breakpoint
CREATE INDEX `role_org` ON `role` (`org_id`,`role`);--> statement-breakpoint
CREATE TABLE `setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stranger_line` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`connection` text NOT NULL,
	`external_id` text NOT NULL,
	`name` text,
	`chat_id` integer,
	`inbound_sealed` text NOT NULL,
	`received_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE INDEX `stranger_person` ON `stranger_line` (`connection`,`external_id`);--> statement-breakpoint
CREATE TABLE `told` (
	`who` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`who`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `visit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`org_id` integer NOT NULL,
	`household_id` integer,
	`batch` text NOT NULL,
	`typist_id` integer NOT NULL,
	`happened_day` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`mode` text NOT NULL,
	`outcome` text NOT NULL,
	`kind` text NOT NULL,
	`building` text NOT NULL,
	`place_sealed` text,
	`person_sealed` text,
	`note_sealed` text,
	`contact_point_id` integer,
	`chat_id` integer,
	`message_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`withdrawn_at` integer,
	`withdrawn_by` integer
);
--> statement-breakpoint
CREATE INDEX `visit_household` ON `visit` (`household_id`,`happened_day`);--> statement-breakpoint
CREATE INDEX `visit_org_day` ON `visit` (`org_id`,`happened_day`);--> statement-breakpoint
CREATE INDEX `visit_batch` ON `visit` (`batch`);--> statement-breakpoint
CREATE INDEX `visit_message` ON `visit` (`message_id`);--> statement-breakpoint
CREATE TABLE `visitor` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`visit_id` integer NOT NULL,
	`member_id` integer,
	`name` text NOT NULL,
	`happened_day` text NOT NULL,
	`paired` integer NOT NULL,
	`contact_point_ids` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `visitor_member` ON `visitor` (`member_id`,`happened_day`);--> statement-breakpoint
CREATE UNIQUE INDEX `visitor_once` ON `visitor` (`visit_id`,`name`);