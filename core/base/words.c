// SPDX-License-Identifier: GPL-2.0-or-later
/* words.c - the words of a command that was written for a shell */
#include "base/words.h"

#include <stdbool.h>
#include <string.h>

/* struct splitter - a word that is being read */
struct splitter {
	const char *at;
	VECTOR(char) word;
	bool begun; /* '' is a word, too */
};

static void put(struct splitter *splitter, char c)
{
	vector_push(&splitter->word, c);
	splitter->begun = true;
}

/* 'all of it as it is' */
static int read_single(struct splitter *splitter)
{
	splitter->begun = true;
	for (splitter->at++; *splitter->at != '\''; splitter->at++) {
		if (!*splitter->at)
			return -1;
		put(splitter, *splitter->at);
	}
	splitter->at++;
	return 0;
}

/* "with \" and $ in it" */
static int read_double(struct splitter *splitter)
{
	splitter->begun = true;
	for (splitter->at++; *splitter->at != '"'; splitter->at++) {
		if (!*splitter->at || strchr("$`", *splitter->at))
			return -1;
		if (*splitter->at == '\\' && splitter->at[1] &&
		    strchr("\\\"$`\n", splitter->at[1])) {
			if (*++splitter->at == '\n')
				continue;
		}
		put(splitter, *splitter->at);
	}
	splitter->at++;
	return 0;
}

static int read_escaped(struct splitter *splitter)
{
	splitter->at++;
	if (!*splitter->at)
		return -1;
	if (*splitter->at != '\n')
		put(splitter, *splitter->at);
	splitter->at++;
	return 0;
}

static int read_word(struct splitter *splitter)
{
	int status = 0;

	while (!status && !strchr(" \t\n;|&", *splitter->at)) {
		switch (*splitter->at) {
		case '\'':
			status = read_single(splitter);
			break;
		case '"':
			status = read_double(splitter);
			break;
		case '\\':
			status = read_escaped(splitter);
			break;
		case '$':
		case '`':
		case '<':
		case '>':
		case '(':
		case ')':
		case '*':
		case '?':
		case '[':
		case '~':
			status = -1;
			break;
		default:
			put(splitter, *splitter->at++);
		}
	}
	return status;
}

int words_split(word_list *words, struct arena *arena, const char *command)
{
	struct splitter splitter = {.at = command};
	int status = 0;

	while (!status) {
		splitter.at += strspn(splitter.at, " \t");
		/* strchr() finds the NUL, too. */
		if (strchr("\n;|&", *splitter.at))
			break;
		splitter.word.count = 0;
		splitter.begun = false;
		status = read_word(&splitter);
		if (status || !splitter.begun)
			continue;
		vector_push(&splitter.word, '\0');
		vector_push(words, arena_strdup(arena, splitter.word.items));
	}
	vector_free(&splitter.word);
	return status;
}

bool word_is_one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(word, *list))
			return true;
	return false;
}

bool word_is_in(const word_list *list, const char *word)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i], word))
			return true;
	return false;
}
