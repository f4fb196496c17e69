#include "settings/desk_file.h"

namespace livery::service_desk {

const config::ObjectSchema<QueueEntry>& QueueEntry::Schema() {
    static const auto schema =
        config::ObjectSchema<QueueEntry>("Where tickets wait")
            .Required("label", &QueueEntry::label, "Its name by language: {en: Billing}");
    return schema;
}

const config::ObjectSchema<CategoryEntry>& CategoryEntry::Schema() {
    static const auto schema =
        config::ObjectSchema<CategoryEntry>("What a subscriber writes about")
            .Required("label", &CategoryEntry::label, "Its name by language")
            .Required("queue", &CategoryEntry::queue, "Where such tickets wait")
            .Optional("priority", &CategoryEntry::priority, "What they begin with",
                      {.one_of = {"low", "normal", "high", "urgent"}})
            .Optional("skills", &CategoryEntry::skills, "Of whom they are assigned to")
            .Optional("about", &CategoryEntry::about,
                      "What somebody asks about who finds it chosen: [invoice, payment]");
    return schema;
}

const config::ObjectSchema<TargetsEntry>& TargetsEntry::Schema() {
    static const auto schema =
        config::ObjectSchema<TargetsEntry>("What is promised, in open time")
            .Optional("first_response", &TargetsEntry::first_response,
                      "Until the first answer: 30 minutes, 4 hours")
            .Optional("solution", &TargetsEntry::solution, "Until it is solved");
    return schema;
}

const config::ObjectSchema<ReplyEntry>& ReplyEntry::Schema() {
    static const auto schema =
        config::ObjectSchema<ReplyEntry>("Words that are written often")
            .Required("label", &ReplyEntry::label, "Its name by language")
            .Required("text", &ReplyEntry::text,
                      "By language: {en: \"Hello {customer}, …\"}; {agent}, {brand}, {customer}, "
                      "{number} and {subject} are filled in");
    return schema;
}

const config::ObjectSchema<MacroEntry>& MacroEntry::Schema() {
    static const auto schema =
        config::ObjectSchema<MacroEntry>("Several steps at once; what is not said stays")
            .Required("label", &MacroEntry::label, "Its name by language")
            .Optional("reply", &MacroEntry::reply, "A canned reply that is sent")
            .Optional("note", &MacroEntry::note, "The reply is kept as a note, and not sent")
            .Optional("state", &MacroEntry::state, "How it is then",
                      {.one_of = {"open", "waiting_for_customer", "solved"}})
            .Optional("priority", &MacroEntry::priority, "Its new priority",
                      {.one_of = {"low", "normal", "high", "urgent"}})
            .Optional("queue", &MacroEntry::queue, "Where it waits then")
            .Optional("take", &MacroEntry::take, "It becomes the agent's own");
    return schema;
}

const config::ObjectSchema<EscalationEntry>& EscalationEntry::Schema() {
    static const auto schema =
        config::ObjectSchema<EscalationEntry>("A ticket that is raised")
            .Optional("before", &EscalationEntry::before,
                      "How long before its target is missed: 30 minutes; without, when it is")
            .Optional("queue", &EscalationEntry::queue, "Where it goes; without, it stays")
            .Optional("priority", &EscalationEntry::priority, "Its new priority, if that is more",
                      {.one_of = {"low", "normal", "high", "urgent"}});
    return schema;
}

const config::ObjectSchema<AttachmentsEntry>& AttachmentsEntry::Schema() {
    static const auto schema =
        config::ObjectSchema<AttachmentsEntry>("Files with a message")
            .Optional("most", &AttachmentsEntry::most, "How many; 0: none",
                      {.minimum = 0, .maximum = 20})
            .Optional("most_bytes", &AttachmentsEntry::most_bytes,
                      "How large each may be: 500 kB, 10 MB; all together at most 60 MB")
            .Optional("clamd", &AttachmentsEntry::clamd,
                      "Socket of a clamd that looks at each, /run/clamav/clamd.ctl; nothing is "
                      "taken while it does not answer");
    return schema;
}

const config::ObjectSchema<DeskFile>& DeskFile::Schema() {
    static const auto schema =
        config::ObjectSchema<DeskFile>("The service desk of a tenant")
            .Required("queues", &DeskFile::queues, "Where tickets wait, by name")
            .Required("categories", &DeskFile::categories, "What subscribers choose, by name")
            .Optional("hours", &DeskFile::hours,
                      "When somebody is there: {mon-fri: [\"08:00-18:00\"]}; without, always")
            .Optional("holidays", &DeskFile::holidays,
                      "Days without hours: \"12-25\" every year, \"2027-04-05\" once")
            .Optional("targets", &DeskFile::targets, "What is promised, by priority")
            .Optional("skills", &DeskFile::skills, "What agents are good at, by name: labels")
            .Optional("offer_priorities", &DeskFile::offer_priorities,
                      "What subscribers may choose: [low, normal, high]; []: they are not asked, "
                      "and it is the category's")
            .Optional("assign", &DeskFile::assign,
                      "Whose a new ticket becomes: by hand, or of whoever has the skills and the "
                      "least to do",
                      {.one_of = {"hand", "load"}})
            .Optional("escalate", &DeskFile::escalate,
                      "What is done with a ticket whose target is about to be missed")
            .Optional("replies", &DeskFile::replies, "Canned replies, by name")
            .Optional("macros", &DeskFile::macros, "Several steps at once, by name")
            .Optional("survey", &DeskFile::survey,
                      "Customers are asked how it went, once it is solved")
            .Optional("reopen_days", &DeskFile::reopen_days,
                      "How long an answer reopens what was solved; later it is a new ticket",
                      {.minimum = 0, .maximum = 365})
            .Optional("close_after_days", &DeskFile::close_after_days,
                      "When what was solved is closed", {.minimum = 1, .maximum = 365})
            .Optional("attachments", &DeskFile::attachments, "Files with a message")
            .Optional("mail", &DeskFile::mail, "How customers write by mail; without, they do not");
    return schema;
}

}  // namespace livery::service_desk
