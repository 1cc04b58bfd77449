/* web_forms: fields and buttons. Labels stand over their fields; what was typed comes back when a form was refused. */
#include "door/web.h"

#define LINE_MOST "300"
#define AREA_MOST "2000"

void web_hidden(struct web *web, struct slice name, struct slice value) {
    html_tag(&web->html, "input");
    html_attr_is(&web->html, "type", "hidden");
    html_attr(&web->html, "name", name);
    html_attr(&web->html, "value", value);
    html_void(&web->html, "input");
}

bool web_form_begin(struct web *web, struct slice path) {
    char token[TOKEN_TEXT_BYTES];
    struct safe_url url;
    struct slice none = {NULL, 0};
    if (!token_issue(web->box, token) || !safe_url_own(web->arena, none, path, &url)) return false;
    html_tag(&web->html, "form");
    html_attr_is(&web->html, "method", "post");
    html_link(&web->html, "action", url);
    web_hidden(web, SLICE("token"), slice_from(token));
    return true;
}

void web_form_end(struct web *web, struct slice button) {
    html_tag(&web->html, "p");
    html_element(&web->html, "button", "", button);
    html_close(&web->html, "p");
    html_close(&web->html, "form");
}

static void label(struct web *web, const char *id, struct slice words, struct slice hint) {
    html_tag(&web->html, "label");
    html_attr(&web->html, "for", slice_from(id));
    html_text(&web->html, words);
    if (!slice_is_empty(hint)) html_element(&web->html, "span", "hint", hint);
    html_close(&web->html, "label");
}

static void area(struct web *web, const struct web_input *input, const char *id, struct slice value) {
    html_tag(&web->html, "textarea");
    html_attr(&web->html, "id", slice_from(id));
    html_attr(&web->html, "name", slice_from(input->name));
    html_attr_is(&web->html, "rows", "3");
    html_attr_is(&web->html, "maxlength", AREA_MOST);
    if (input->need == WEB_NEEDED) html_attr_is(&web->html, "required", "required");
    html_text(&web->html, slice_is_empty(value) ? SLICE("") : value);
    html_close(&web->html, "textarea");
}

static void line(struct web *web, const struct web_input *input, const char *id, struct slice value) {
    html_tag(&web->html, "input");
    html_attr(&web->html, "type", input->kind == WEB_DAY ? SLICE("date") : SLICE("text"));
    html_attr(&web->html, "id", slice_from(id));
    html_attr(&web->html, "name", slice_from(input->name));
    if (input->kind == WEB_LINE) html_attr_is(&web->html, "maxlength", LINE_MOST);
    if (input->need == WEB_NEEDED) html_attr_is(&web->html, "required", "required");
    if (!slice_is_empty(value)) html_attr(&web->html, "value", value);
    html_void(&web->html, "input");
}

/* What was typed into this field before, when the form is shown again. */
static struct slice typed(const struct web *web, const char *name, struct slice otherwise) {
    struct slice before = web->request->method == WEB_POST ? web_value(web, name) : (struct slice){NULL, 0};
    return slice_is_absent(before) ? otherwise : before;
}

void web_input(struct web *web, const struct web_input *input) {
    const char *id = input->id == NULL ? input->name : input->id;
    struct slice value = typed(web, input->name, input->value);
    html_tag(&web->html, "p");
    label(web, id, input->label, input->hint);
    if (input->kind == WEB_AREA) area(web, input, id, value);
    else line(web, input, id, value);
    html_close(&web->html, "p");
}

void web_field(struct web *web, enum web_field kind, struct slice name, struct slice words) {
    char *text = arena_text(web->arena, name);
    struct web_input input = {.kind = kind, .name = text == NULL ? "" : text, .label = words};
    web_input(web, &input);
}

void web_select(struct web *web, const struct web_select *select) {
    const char *id = select->id == NULL ? select->name : select->id;
    struct slice chosen = typed(web, select->name, select->chosen);
    bool found = false;
    html_tag(&web->html, "p");
    label(web, id, select->label, select->hint);
    html_tag(&web->html, "select");
    html_attr(&web->html, "id", slice_from(id));
    html_attr(&web->html, "name", slice_from(select->name));
    for (size_t i = 0; i < select->count; i++) {
        html_tag(&web->html, "option");
        html_attr(&web->html, "value", select->options[i].value);
        if (!found && slice_equal(select->options[i].value, slice_is_empty(chosen) ? SLICE("") : chosen)) {
            html_attr_is(&web->html, "selected", "selected");
            found = true;
        }
        html_text(&web->html, select->options[i].words);
        html_close(&web->html, "option");
    }
    html_close(&web->html, "select");
    html_close(&web->html, "p");
}

void web_tick(struct web *web, const char *name, struct slice words) {
    html_tag(&web->html, "p");
    html_attr_is(&web->html, "class", "tick");
    html_tag(&web->html, "input");
    html_attr_is(&web->html, "type", "checkbox");
    html_attr(&web->html, "id", slice_from(name));
    html_attr(&web->html, "name", slice_from(name));
    html_attr_is(&web->html, "value", "yes");
    html_void(&web->html, "input");
    html_tag(&web->html, "label");
    html_attr(&web->html, "for", slice_from(name));
    html_text(&web->html, words);
    html_close(&web->html, "label");
    html_close(&web->html, "p");
}

void web_button(struct web *web, enum web_button look, struct slice name_value[2], struct slice words) {
    html_tag(&web->html, "button");
    if (look == WEB_BUTTON_QUIET) html_attr_is(&web->html, "class", "quiet");
    html_attr(&web->html, "name", name_value[0]);
    html_attr(&web->html, "value", name_value[1]);
    html_text(&web->html, words);
    html_close(&web->html, "button");
}

void web_reader_choice(struct web *web, const char *id, struct slice first) {
    const struct reader_list *readers = &web->home->house.config.readers;
    struct web_option *options = arena_alloc(web->arena, readers->count + 1, sizeof *options);
    size_t count = 0;
    if (options == NULL) {
        web->pen.failed = true;
        return;
    }
    if (readers->count == 1) {
        web_hidden(web, SLICE("reader"), readers->at[0].name);
        return;
    }
    if (!slice_is_absent(first)) options[count++] = (struct web_option){SLICE(""), first};
    for (size_t i = 0; i < readers->count; i++)
        options[count++] = (struct web_option){readers->at[i].name, readers->at[i].title};
    struct web_select select = {
        .name = "reader", .id = id, .label = SLICE("Whose"), .options = options, .count = count};
    web_select(web, &select);
}
