CREATE TABLE pages (
    path text PRIMARY KEY,
    views bigint NOT NULL DEFAULT 0,
    CONSTRAINT pages_views_not_negative CHECK (views >= 0)
);
