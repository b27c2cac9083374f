/* SPDX-License-Identifier: GPL-2.0-or-later */
/* declaration.h - parsing what declares something */
#ifndef LABYRINTH_COCCI_DECLARATION_H
#define LABYRINTH_COCCI_DECLARATION_H

#include "cocci/parser.h"

/** declaration_base - the type that all declarators of a line share */
struct ctype declaration_base(struct parser *p);

/** declaration_declarator - a name, with what is around it */
struct node *declaration_declarator(struct parser *p, struct ctype type);

/** parser_declaration - local variables, up to the semicolon */
struct node *parser_declaration(struct parser *p);

#endif
