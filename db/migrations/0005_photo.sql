CREATE TABLE `photo` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`batch` text NOT NULL,
	`connection` text NOT NULL,
	`message_id` text NOT NULL,
	`count` integer NOT NULL,
	`member_id` integer NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `photo_message` ON `photo` (`connection`,`message_id`);--> statement-breakpoint
CREATE INDEX `photo_batch` ON `photo` (`batch`);--> statement-breakpoint
CREATE INDEX `photo_received` ON `photo` (`received_at`);--> statement-breakpoint
CREATE INDEX `outbox_group_message` ON `outbox` (`sent_message_id`) WHERE target_type = 'chat' and sent_message_id is not null;