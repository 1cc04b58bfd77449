/* pack_model: the fields of the model's structs, as pack keeps them. */
#ifndef DISCERN_STORE_PACK_MODEL_H
#define DISCERN_STORE_PACK_MODEL_H

#include "model/article.h"
#include "model/digest.h"
#include "model/item.h"
#include "model/work.h"
#include "store/pack.h"

void pack_slices(struct pack *pack, struct slice_list *list);
/* All of an item but id, title, text and counts, which stand in columns. */
void pack_item_rest(struct pack *pack, struct item *item);
void pack_counts(struct pack *pack, struct counts *counts);
void pack_references(struct pack *pack, struct reference_list *list);
void pack_article(struct pack *pack, struct article *article);
/* All but the id. */
void pack_work(struct pack *pack, struct work *work);
void pack_terms(struct pack *pack, struct term_list *list);

#endif
