/* reading_version: a sum of the sources that make posts of answers, made with each build: what an older program made of
 * an answer is made anew by a newer one. */
#ifndef DISCERN_STAGE_READING_VERSION_H
#define DISCERN_STAGE_READING_VERSION_H

extern const char reading_version[];

#endif
