// Slack's limits, each with its source ("docs" is docs.slack.dev). A limit marked "Ours" was chosen for Skein.

/**
 * The limit for a message's `text`. Slack advises under 4,000 characters and truncates at 40,000 (docs:
 * chat.postMessage, "Truncating content").
 */
export const TEXT_CHARS = 4_000;
/**
 * The limit for a text without blocks. Slack truncates at 40,000 characters (docs: chat.postMessage, "Truncating
 * content").
 */
export const PLAIN_CHARS = 39_000;
/** The limit for all `markdown` blocks of one message together (docs: Block Kit, markdown block). */
export const MARKDOWN_CHARS = 12_000;
/**
 * The limit of the `blocks` argument as JSON. Slack answers `msg_blocks_too_long` beyond it (seen in
 * slackapi/bolt-js#2509, undocumented).
 */
export const BLOCKS_JSON_CHARS = 13_000;
/** The most blocks in one message (docs: Block Kit). */
export const MESSAGE_BLOCKS = 50;
/** The most characters in a section's text (docs: Block Kit, section block). */
export const SECTION_CHARS = 3_000;
/** The most characters in a header (docs: Block Kit, header block). */
export const HEADER_CHARS = 150;
/** The limits of an actions block and its buttons (docs: Block Kit, actions block and button element). */
export const ACTIONS_ELEMENTS = 25;
export const BUTTON_CHARS = 75;
export const BUTTON_VALUE_CHARS = 2_000;
/**
 * Ours: the most characters of a status line (`assistant.threads.setStatus`), which people must be able to read at a
 * glance.
 */
export const STATUS_CHARS = 100;
/**
 * Ours: every client shows a name of this length in full. Slack documents no limit (docs:
 * files.completeUploadExternal).
 */
export const FILE_NAME_CHARS = 120;

/** Ours: an answer that needs more posts is posted as its beginning and a file. */
export const POSTS_PER_ANSWER = 3;
/** Ours: how many characters of a long answer are shown above its file. */
export const HEAD_CHARS = 1_500;
/**
 * Ours: how many characters of a result are shown in one message. All blocks must fit, and JSON counts quotes and
 * newlines double.
 */
export const RESULT_CHARS = 6_000;
/** Ours: how many tasks or pods one message lists. The others are only counted. */
export const LISTED_ITEMS = 20;

/** Slack allows one posted message per second and channel, with short bursts (docs: rate limits). */
export const POSTS_PER_MINUTE = 60;
export const POST_BURST = 4;
/** The calls per minute that each tier allows, per method and workspace (docs: rate limits). */
export const TIER_PER_MINUTE = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;
/** Ours: the longest time that a call waits for the limiter. A call that would wait longer is retried by its queue. */
export const LONGEST_WAIT_MS = 5_000;
/** Ours: how long one Web API call may take, in milliseconds. Slack answers in well under a second. */
export const CALL_TIMEOUT_MS = 15_000;
/** Ours: how long the upload of a file's bytes may take, in milliseconds. */
export const UPLOAD_TIMEOUT_MS = 120_000;
/** The page size for members and messages (docs advise at most 200). */
export const PAGE_SIZE = 200;
/** Ours: how many event bodies are saved in one batch. Measurements were best between 100 and 200. */
export const SAVE_BATCH = 200;
