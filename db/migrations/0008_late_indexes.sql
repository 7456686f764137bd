CREATE TABLE `filed` (
	`name` text PRIMARY KEY NOT NULL,
	`up_to` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `inbox_by_key` (
	`key` text PRIMARY KEY NOT NULL,
	`inbox_id` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `visit_by_household` (
	`household_id` integer NOT NULL,
	`visit_id` integer NOT NULL,
	PRIMARY KEY(`household_id`, `visit_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `visitor_by_member` (
	`member_id` integer NOT NULL,
	`happened_day` text NOT NULL,
	`visitor_id` integer NOT NULL,
	PRIMARY KEY(`member_id`, `happened_day`, `visitor_id`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `inbox_by_key` SELECT `key`, `id` FROM `inbox` ORDER BY `key`;--> statement-breakpoint
INSERT INTO `visit_by_household` SELECT `household_id`, `id` FROM `visit` WHERE `household_id` IS NOT NULL ORDER BY `household_id`, `id`;--> statement-breakpoint
INSERT INTO `visitor_by_member` SELECT `member_id`, `happened_day`, `id` FROM `visitor` WHERE `member_id` IS NOT NULL ORDER BY `member_id`, `happened_day`, `id`;--> statement-breakpoint
INSERT INTO `filed` SELECT 'inbox', coalesce(max(`id`), 0) FROM `inbox`;--> statement-breakpoint
INSERT INTO `filed` SELECT 'visit', coalesce(max(`id`), 0) FROM `visit`;--> statement-breakpoint
INSERT INTO `filed` SELECT 'visitor', coalesce(max(`id`), 0) FROM `visitor`;--> statement-breakpoint
CREATE TRIGGER `visit_moved` AFTER UPDATE OF `household_id` ON `visit` WHEN new.`household_id` IS NOT NULL
BEGIN
	INSERT OR IGNORE INTO `visit_by_household` VALUES (new.`household_id`, new.`id`);
END;
--> statement-breakpoint
DROP INDEX `inbox_key`;--> statement-breakpoint
DROP INDEX `visit_household`;--> statement-breakpoint
DROP INDEX `visitor_member`;--> statement-breakpoint
DROP INDEX `outbox_cause`;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_cause` ON `outbox` (`cause`,`ordinal`) WHERE substr(cause, 1, 3) <> 'in:';
