CREATE TABLE `connection` (
	`key` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`sealed` text NOT NULL,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL,
	`rotated_at` integer,
	`disabled_at` integer
);
--> statement-breakpoint
ALTER TABLE `identity` ADD `used_at` integer;