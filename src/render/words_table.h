/* words_table: the words as shipped. Included by render/words.h alone. */
#ifndef DISCERN_RENDER_WORDS_TABLE_H
#define DISCERN_RENDER_WORDS_TABLE_H

#define WORDS(LINE)                                                                                                    \
    LINE(SKIP, "Skip to the ideas")                                                                                    \
    LINE(IDEAS_NONE, "No new idea cleared the bar today.")                                                             \
    LINE(IDEAS_ONE, "One idea today")                                                                                  \
    LINE(IDEAS_MANY, "%1 ideas today")                                                                                 \
    LINE(SKIM_ONE, "1 minute to skim")                                                                                 \
    LINE(SKIM_MANY, "%1 minutes to skim")                                                                              \
    LINE(EMPTY, "Nothing new cleared the bar. A short day is a good day to go back to an idea you are trying.")        \
    LINE(EMPTY_FOCUS, "Nothing new cleared the bar. Your focus question is above.")                                    \
    LINE(FOCUS_HEADING, "Your focus")                                                                                  \
    LINE(FOCUS_WEEK, "Week %1 of %2")                                                                                  \
    LINE(FOCUS_BACK, "First list after %1. This is where it stood.")                                                   \
    LINE(FOCUS_TO_CHANGE, "You wanted to change")                                                                      \
    LINE(FOCUS_QUIET, "Nothing was written on it for %1 school weeks. One line is enough: what happened last time?")   \
    LINE(FOCUS_PAUSED,                                                                                                 \
         "Nothing was written on it for %1 school weeks, so its clock stands still and its daily questions pause. "    \
         "Ask the colleague you began it with: take it up again where it stood, or close it. Embed, adapt and stop "   \
         "are all good answers.")                                                                                      \
    LINE(FOCUS_RESTS,                                                                                                  \
         "Nothing was written on it for %1 school weeks, so it rests, and no idea is held back for it. Take it up "    \
         "again where it stood with a colleague, or close it and write one line on why.")                              \
    LINE(FOCUS_RETURN, "Did you keep it? %1 school weeks on")                                                          \
    LINE(SINCE_LAST,                                                                                                   \
         "The last list was of %1. What came since has competed for these few places: there is nothing to catch up "   \
         "on.")                                                                                                        \
    LINE(SECTION_FOCUS, "Deepens your focus")                                                                          \
    LINE(SECTION_IDEAS, "Ideas")                                                                                       \
    LINE(SECTION_CLASSROOM, "From the classroom")                                                                      \
    LINE(SECTION_CHECK_FIRST, "Check first")                                                                           \
    LINE(INTRO_CHECK_FIRST, "Posts that are being shared and that need a second look before anybody uses them.")       \
    LINE(BADGE_0, "No source given")                                                                                   \
    LINE(BADGE_1, "A teacher's account")                                                                               \
    LINE(BADGE_2, "Mentions research")                                                                                 \
    LINE(BADGE_3, "Source you can check")                                                                              \
    LINE(BADGE_4, "Several or pooled studies you can check")                                                           \
    LINE(BADGE_CHECK_FIRST, "Check first")                                                                             \
    LINE(EVIDENCE, "What stands behind it")                                                                            \
    LINE(MARK_NEW_VOICE, "New to this list")                                                                           \
    LINE(MARK_CHALLENGES, "Another view")                                                                              \
    LINE(MARK_DEEPENS, "Deepens your focus")                                                                           \
    LINE(MARK_SEEN_BEFORE, "Seen before")                                                                              \
    LINE(MINUTES, "%1 min")                                                                                            \
    LINE(BY, "%1, %2")                                                                                                 \
    LINE(LINKS, "Where to read it")                                                                                    \
    LINE(LINK_ARTICLE, "Article")                                                                                      \
    LINE(LINK_DOCUMENT, "Document")                                                                                    \
    LINE(LINK_VIDEO, "Video")                                                                                          \
    LINE(LINK_STUDY, "Study")                                                                                          \
    LINE(LINK_POST, "Original post")                                                                                   \
    LINE(LINK_SYNTHESIS, "Summary of research")                                                                        \
    LINE(PAYWALLED, "needs a subscription")                                                                            \
    LINE(ARCHIVED, "its page is gone: this is an archive's copy")                                                      \
    LINE(OPEN_ACCESS, "free to read")                                                                                  \
    LINE(RETRACTED, "retracted")                                                                                       \
    LINE(CONCERN, "its journal has doubts about it")                                                                   \
    LINE(CORRECTED, "corrected")                                                                                       \
    LINE(PREPRINT, "not yet reviewed by others")                                                                       \
    LINE(FOUND, "Found")                                                                                               \
    LINE(MISSING, "Not found")                                                                                         \
    LINE(NOTES, "Note")                                                                                                \
    LINE(REASONS, "Why to check first")                                                                                \
    LINE(PROMPT, "Ask a colleague")                                                                                    \
    LINE(WHY, "Why this is here")                                                                                      \
    LINE(WHY_POINTS, "Points")                                                                                         \
    LINE(WHY_REASON, "Reason")                                                                                         \
    LINE(WHY_OF, "%1 of %2")                                                                                           \
    LINE(WHY_SUM, "%1 of 100")                                                                                         \
    LINE(WHY_SUM_WORDS, "the sum: place %1 today")                                                                     \
    LINE(SHARED_BY, "Shared by")                                                                                       \
    LINE(AND_MORE, "and %1 more")                                                                                      \
    LINE(ADDS, "%1 adds")                                                                                              \
    LINE(SAME_STUDY, "Rests on the same study as")                                                                     \
    LINE(CODE, "Code %1")                                                                                              \
    LINE(CLOSING, "That is all for today.")                                                                            \
    LINE(LEFT_NONE, "Nothing else was looked at.")                                                                     \
    LINE(LEFT_ONE, "One other story was not shown:")                                                                   \
    LINE(LEFT_MANY, "%1 other stories were not shown:")                                                                \
    LINE(LEFT_UNDER_BAR, "%1 under the bar")                                                                           \
    LINE(LEFT_BY_CAPS, "%1 held back so that no voice or topic takes over")                                            \
    LINE(LEFT_REPEATED, "%1 shown before")                                                                             \
    LINE(LEFT_PARKED, "%1 parked until your focus is decided")                                                         \
    LINE(LEFT_UNWANTED, "%1 on topics you did not ask for")                                                            \
    LINE(LEFT_NO_ROOM, "%1 for which there was no room")                                                               \
    LINE(TROUBLE, "To look after")                                                                                     \
    LINE(ABOUT, "What this page is")                                                                                   \
    LINE(AWARENESS, "Reading is a start. An idea becomes practice when you adapt it and try it with colleagues.")      \
    LINE(ARCHIVE, "All days")                                                                                          \
    LINE(FEED_ATOM, "Atom feed")                                                                                       \
    LINE(FEED_JSON, "JSON Feed")                                                                                       \
    LINE(RULES, "Rules %1")                                                                                            \
    LINE(DAILY, "Daily digest")                                                                                        \
    LINE(MAIL_SUBJECT_ONE, "%1: one idea")                                                                             \
    LINE(MAIL_SUBJECT_MANY, "%1: %2 ideas")                                                                            \
    LINE(MAIL_SUBJECT_NONE, "%1: nothing new, your focus question")                                                    \
    LINE(MAIL_READ_ON_WEB, "Read on the web")                                                                          \
    LINE(MAIL_BECAUSE, "You get this because your school put you on the list %1.")                                     \
    LINE(MAIL_STOP, "Stop these mails")                                                                                \
    LINE(ARCHIVE_HEADING, "All days")                                                                                  \
    LINE(ARCHIVE_EMPTY, "No digest has been made yet.")                                                                \
    LINE(FIND, "Find an idea")                                                                                         \
    LINE(FIND_TOPICS, "By topic")                                                                                      \
    LINE(FIND_BADGES, "By what stands behind it")                                                                      \
    LINE(FIND_PHASES, "By phase")                                                                                      \
    LINE(FIND_SUBJECTS, "By subject")                                                                                  \
    LINE(FIND_SOURCES, "By source")                                                                                    \
    LINE(FIND_LETTERS, "From A to Z")                                                                                  \
    LINE(FIND_COUNT_ONE, "1 idea")                                                                                     \
    LINE(FIND_COUNT_MANY, "%1 ideas")                                                                                  \
    LINE(FIND_OLDER, "Older ideas")                                                                                    \
    LINE(SHOWN_ON, "Shown on")                                                                                         \
    LINE(ITEM_HEADING, "Idea %1")                                                                                      \
    LINE(WITHDRAWN, "Its author has withdrawn this post.")                                                             \
    LINE(EDITION, "the week of %1")                                                                                    \
    LINE(EDITION_LINK, "This week as an e-book (EPUB)")                                                                \
    LINE(UNTITLED, "Without a title")

#endif
