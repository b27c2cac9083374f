/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.h - how the bytes of facts are laid out
 *
 * A blob is a header, then a payload compressed by zstd. The payload is a
 * set of columns: all values of one member of the model's structs, one after
 * another, as variable-length numbers. Likes compress better beside likes:
 * a third less than record by record. doc/facts-format.md says the rest.
 */
#ifndef LABYRINTH_FACTS_FORMAT_H
#define LABYRINTH_FACTS_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FACTS_MAGIC	 "LABYFACT"
#define FACTS_BYTE_ORDER 0x01020304u

/* Offsets in the header; all its numbers are little-endian. */
enum facts_header {
	FACTS_HEADER_MAGIC = 0, /* 8 bytes */
	FACTS_HEADER_ORDER = 8, /* u32, FACTS_BYTE_ORDER */
	FACTS_HEADER_VERSION = 12, /* u32, FACTS_VERSION */
	FACTS_HEADER_SIZE = 16, /* u32, of the blob with its header */
	FACTS_HEADER_RAW = 20, /* u32, of the payload uncompressed */
	FACTS_HEADER_CONFIG = 24, /* u32, enum facts_config */
	FACTS_HEADER_FLAGS = 28, /* u32, none yet */
	FACTS_HEADER_CHECK = 32, /* u64, FNV-1a of the compressed payload */
	FACTS_HEADER_BYTES = 40,
};

/* What a reader accepts: the payload's size, and its ratio to the blob. */
#define FACTS_RAW_LIMIT	      (64u << 20)
#define FACTS_RAW_ALWAYS      (1u << 20)
#define FACTS_RAW_RATIO_LIMIT 1024u

/* The columns, in the order of the payload. */
#define FACTS_COLUMNS(X)     \
	X(HEAD)              \
	X(STRING)            \
	X(MACRO_NAME)        \
	X(MACRO_INNER)       \
	X(LOCATION_FILE)     \
	X(LOCATION_LINE)     \
	X(LOCATION_COLUMN)   \
	X(LOCATION_MACRO)    \
	X(TYPE_KIND)         \
	X(TYPE_BITS)         \
	X(TYPE_NAME)         \
	X(TYPE_TARGET)       \
	X(TYPE_LAYOUT)       \
	X(FIELD_RECORD)      \
	X(FIELD_NAME)        \
	X(FIELD_TYPE)        \
	X(PATH_PARENT)       \
	X(PATH_KIND)         \
	X(PATH_VALUE)        \
	X(SYMBOL_NAME)       \
	X(SYMBOL_KIND)       \
	X(SYMBOL_FLAGS)      \
	X(SYMBOL_SECTION)    \
	X(SYMBOL_ALIAS)      \
	X(SYMBOL_TYPE)       \
	X(SYMBOL_LOCATION)   \
	X(INITIALISER_KIND)  \
	X(INITIALISER_OF)    \
	X(INITIALISER_PATH)  \
	X(INITIALISER_VALUE) \
	X(FUNCTION_SYMBOL)   \
	X(FUNCTION_LOCATION) \
	X(FUNCTION_END)      \
	X(FUNCTION_FLAGS)    \
	X(FUNCTION_PARAMS)   \
	X(FUNCTION_BLOCKS)   \
	X(FUNCTION_VALUES)   \
	X(FUNCTION_MEMORIES) \
	X(FUNCTION_LOCALS)   \
	X(FUNCTION_CONTENT)  \
	X(MEMORY_KIND)       \
	X(MEMORY_BLOCK)      \
	X(MEMORY_BEFORE)     \
	X(BLOCK_JUMP)        \
	X(BLOCK_EVENTS)      \
	X(BLOCK_EDGES)       \
	X(BLOCK_CONDITION)   \
	X(BLOCK_LOCATION)    \
	X(EDGE_BLOCK)        \
	X(EDGE_OTHERWISE)    \
	X(EDGE_LOW)          \
	X(EDGE_SPAN)         \
	X(EVENT_KIND)        \
	X(EVENT_LOCATION)    \
	X(EVENT_VALUE)       \
	X(EVENT_BASE)        \
	X(EVENT_PATH)        \
	X(EVENT_STRING)      \
	X(EVENT_MEMORY)      \
	X(EVENT_COUNT)       \
	X(ARGUMENT)          \
	X(VALUE_KIND)        \
	X(VALUE_OPERAND)     \
	X(VALUE_CONSTANT)    \
	X(VALUE_PARAM)       \
	X(VALUE_SYMBOL)      \
	X(VALUE_LOCAL)       \
	X(VALUE_EVENT)       \
	X(VALUE_BLOCK)       \
	X(VALUE_PATH)        \
	X(VALUE_MEMORY)      \
	X(VALUE_TYPE)        \
	X(PHI_COUNT)         \
	X(PHI_BLOCK)         \
	X(PHI_VALUE)         \
	X(LOCAL_NAME)        \
	X(LOCAL_TYPE)

enum facts_column {
#define X(name) FACTS_COLUMN_##name,
	FACTS_COLUMNS(X)
#undef X
	FACTS_N_COLUMNS
};

/* Bits beside the kind in the column TYPE_KIND. */
#define FACTS_TYPE_KIND_MASK 0x0f
#define FACTS_TYPE_SIGNED    0x10
#define FACTS_TYPE_LAYOUT    0x20 /* the type stands in TYPE_LAYOUT */

/** facts_zigzag - small numbers of either sign to small unsigned numbers */
static inline uint64_t facts_zigzag(int64_t number)
{
	return ((uint64_t)number << 1) ^ (number < 0 ? UINT64_MAX : 0);
}

/** facts_unzigzag - the reverse of facts_zigzag() */
static inline int64_t facts_unzigzag(uint64_t number)
{
	return (int64_t)((number >> 1) ^ (0 - (number & 1)));
}

/**
 * facts_seal - put a payload into a blob
 * @payload: the columns
 * @raw:     bytes of it
 * @ends:    where parts of it end that are unlike what follows
 * @n_ends:  how many
 * @config:  of the unit, for the header
 * @size:    set to the blob's size
 *
 * Return: the blob, malloc()ed, the caller's to free.
 */
unsigned char *facts_seal(const unsigned char *payload, size_t raw,
			  const size_t *ends, size_t n_ends, uint32_t config,
			  size_t *size);

/**
 * facts_unseal - check a blob and take the payload out
 * @data:   starts with a blob's first byte
 * @limit:  bytes there are
 * @size:   set to the blob's size
 * @raw:    set to the payload's size
 * @config: set to the unit's configuration
 * @why:    set to the reason of a failure
 *
 * Return: the payload, malloc()ed, or NULL.
 */
unsigned char *facts_unseal(const unsigned char *data, size_t limit,
			    size_t *size, size_t *raw, uint32_t *config,
			    const char **why);

/**
 * struct facts_blob - where a blob lies
 * @data:  its header
 * @size:  bytes, padding left out; if it is not @whole, all there are
 * @whole: the header is good and no byte is missing
 */
struct facts_blob {
	const unsigned char *data;
	size_t size;
	bool whole;
};

/**
 * facts_next_blob - find the next blob of a section, by its header alone
 * @data: the section
 * @size: of the section
 * @at:   where to look; moved behind the blob
 * @blob: set to the blob
 *
 * Return: false if there is none, only padding.
 */
bool facts_next_blob(const unsigned char *data, size_t size, size_t *at,
		     struct facts_blob *blob);

struct facts_unit;
struct facts_function;

/**
 * facts_decode_blob - read a unit; safe to call from several threads
 * @unit: filled in; must be zeroed before
 * @blob: the blob; not trusted
 *
 * Return: NULL, or what is wrong with it.
 */
const char *facts_decode_blob(struct facts_unit *unit,
			      const struct facts_blob *blob);

/**
 * facts_bad_blob - say that a blob is refused
 * @name:   of the object
 * @offset: of the blob in its section
 * @why:    as told by facts_decode_blob()
 *
 * Return: always -1.
 */
int facts_bad_blob(const char *name, size_t offset, const char *why);

/**
 * facts_hash_content - fill in the content hash of all functions of a unit
 * @unit: the unit
 */
void facts_hash_content(struct facts_unit *unit);

/**
 * facts_content - a function's content hash from what is stored of it
 * @unit:     the unit
 * @function: its symbol and location are known and in range
 * @low:      the hash of everything in the function, 32 bits of it: enough
 *            among functions of one name and place, which are the rest
 */
uint64_t facts_content(const struct facts_unit *unit,
		       const struct facts_function *function, uint32_t low);

/**
 * facts_check_tables - see that all ids in a unit's own tables are in range
 * @unit: the unit
 *
 * Return: NULL, or what is wrong.
 */
const char *facts_check_tables(const struct facts_unit *unit);

/**
 * facts_check_function - the same for a function, and that values and
 * memories depend on themselves through PHIs only
 * @unit:     whose tables were checked
 * @function: the function
 *
 * Return: NULL, or what is wrong.
 */
const char *facts_check_function(const struct facts_unit *unit,
				 const struct facts_function *function);

/**
 * facts_has_cycle - whether a value or memory depends on itself otherwise
 * than through a PHI
 * @function: whose ids are in range
 */
bool facts_has_cycle(const struct facts_function *function);

#ifdef __cplusplus
}
#endif
#endif
