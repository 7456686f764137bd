CREATE TABLE `quota` (
	`connection` text NOT NULL,
	`day` text NOT NULL,
	`calls` integer DEFAULT 0 NOT NULL,
	`pushes` integer DEFAULT 0 NOT NULL,
	`calls_refused` integer DEFAULT false NOT NULL,
	`pushes_refused` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`connection`, `day`)
);
