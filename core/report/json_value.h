/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json_value.h - what the formats that are JSON share */
#ifndef LABYRINTH_REPORT_JSON_VALUE_H
#define LABYRINTH_REPORT_JSON_VALUE_H

#include <jansson.h>

#include "finding/finding.h"

/**
 * json_text - a string
 * @text: any bytes; what is not UTF-8 becomes U+FFFD; NULL becomes null
 */
json_t *json_text(const char *text);

/**
 * json_models - a list of kernels: "nonrt", "rt"
 * @models: bit per enum model
 */
json_t *json_models(unsigned int models);

/**
 * json_finding - a finding as --format=json has it
 * @finding: the finding
 */
json_t *json_finding(const struct finding *finding);

#endif
