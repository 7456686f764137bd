DROP INDEX `audit_subject`;--> statement-breakpoint
DROP INDEX `inbox_received`;--> statement-breakpoint
DROP INDEX `inbox_status`;--> statement-breakpoint
DROP INDEX `outbox_lane`;--> statement-breakpoint
DROP INDEX `outbox_open`;--> statement-breakpoint
DROP INDEX `outbox_sent`;--> statement-breakpoint
CREATE INDEX `outbox_update` ON `outbox` (`message_id`) WHERE state = 'pending' and kind = 'update';--> statement-breakpoint
CREATE INDEX `outbox_page` ON `outbox` (`target_id`) WHERE connection = 'page' and state in ('pending', 'leased');--> statement-breakpoint
CREATE INDEX `outbox_open` ON `outbox` (`lane`,`id`,`not_before`,`attempts`) WHERE state in ('pending', 'leased');--> statement-breakpoint
CREATE INDEX `outbox_sent` ON `outbox` (`sent_at`) WHERE sent_at is not null;--> statement-breakpoint
DROP INDEX `visit_typist`;--> statement-breakpoint
DROP INDEX `visit_org_day`;--> statement-breakpoint
DROP INDEX `visit_batch`;--> statement-breakpoint
DROP INDEX `visit_message`;--> statement-breakpoint
ALTER TABLE `visit` ADD `event` integer;--> statement-breakpoint
ALTER TABLE `visit` ADD `words_sealed` text;--> statement-breakpoint
CREATE INDEX `visit_day` ON `visit` (`happened_day`);--> statement-breakpoint
CREATE INDEX `visit_event` ON `visit` (`event`) WHERE event is not null;--> statement-breakpoint
CREATE INDEX `visit_batch` ON `visit` (`batch`) WHERE event is null;--> statement-breakpoint
CREATE INDEX `visit_message` ON `visit` (`message_id`) WHERE event is null;