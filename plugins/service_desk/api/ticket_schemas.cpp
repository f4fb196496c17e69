#include "api/ticket_schemas.h"

#include <livery/api/page.h>
#include <livery/api/schema.h>

#include "domain/desk.h"

namespace livery::service_desk {

using api::Json;

namespace {

Json States() { return api::OneOf({"new", "open", "waiting_for_customer", "solved", "closed"}); }

Json InstantOrNull(const std::optional<Instant>& instant) {
    return instant ? Json(ToIso(*instant)) : Json(nullptr);
}

Json AboutJson(const About& about, const Subjects& subjects) {
    if (about.kind.empty()) return nullptr;
    return {{"kind", about.kind}, {"id", subjects.IdText(about)}};
}

Json AboutSchema() {
    return api::Object(
        "A thing of the account's.",
        {{"kind", api::OneOf({"subscription", "order", "invoice", "invoice_line", "payment"})},
         {"id", api::Text("Which: inv_…")}});
}

Json UploadsSchema() {
    return api::ArrayOf(api::Object("A file to send with it.",
                                    {{"name", api::Text("What it is called", 1000)},
                                     {"content", api::Text("Its bytes in base64", 1'048'576)}}));
}

}  // namespace

Json JsonOf(const Ticket& ticket, const Subjects& subjects) {
    return {{"id", ticket.id.ToString()},
            {"number", ticket.number},
            {"account", ticket.account.ToString()},
            {"subject", ticket.subject},
            {"category", ticket.category},
            {"queue", ticket.queue},
            {"priority", PriorityText(ticket.priority)},
            {"state", ToString(ticket.state)},
            {"assignee", api::IdOrNull(ticket.assignee)},
            {"about", AboutJson(ticket.about, subjects)},
            {"follows", api::IdOrNull(ticket.follows)},
            {"created_at", ToIso(ticket.created_at)},
            {"active_at", ToIso(ticket.active_at)},
            {"solved_at", InstantOrNull(ticket.solved_at)},
            {"due_at", InstantOrNull(ticket.due_at)},
            {"escalated_at", InstantOrNull(ticket.escalated_at)},
            {"merged_into", api::IdOrNull(ticket.merged_into)}};
}

Json JsonOf(const Message& message) {
    Json attachments = Json::array();
    for (const Attachment& one : message.attachments)
        attachments.push_back({{"id", one.id.ToString()},
                               {"name", one.name},
                               {"type", one.mime_type},
                               {"size", one.size}});
    return {{"id", message.id.ToString()},
            {"public", message.is_public},
            {"by", message.party == Party::kCustomer ? "customer" : "staff"},
            {"author", message.author_name},
            {"body", message.body},
            {"at", ToIso(message.at)},
            {"attachments", std::move(attachments)}};
}

Json JsonOf(const std::optional<Rating>& rating) {
    if (!rating) return nullptr;
    return {{"rating", rating->rating}, {"comment", rating->comment}, {"at", ToIso(rating->at)}};
}

Json JsonOf(const std::optional<Dispute>& dispute) {
    if (!dispute) return nullptr;
    return {{"amount", api::MoneyOf(dispute->amount)}, {"outcome", ToString(dispute->outcome)}};
}

Json WatchersJson(const std::vector<Watcher>& watchers) {
    Json data = Json::array();
    for (const Watcher& watcher : watchers) data.push_back({{"email", watcher.email}});
    return api::ListReply(std::move(data), "");
}

void AddTicketSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{
        "Ticket",
        api::Object(
            "What a customer asked for.",
            {{"id", api::IdText("tck")},
             {"number", api::Text("As people call it")},
             {"account", api::IdText("acc")},
             {"subject", api::Text("In one line")},
             {"category", api::Text("As the desk's file names it")},
             {"queue", api::Text("Where it waits")},
             {"priority", api::OneOf({"low", "normal", "high", "urgent"})},
             {"state", States()},
             {"assignee", api::Nullable(api::IdText("usr"))},
             {"about", api::Nullable(AboutSchema())},
             {"follows", api::Nullable(api::IdText("tck"))},
             {"created_at", api::Text("When it was asked")},
             {"active_at", api::Text("When something was last said or done")},
             {"solved_at", api::Nullable(api::Text("When it was solved"))},
             {"due_at", api::Nullable(api::Text("When a target is reached next"))},
             {"escalated_at", api::Nullable(api::Text("Since when it is raised"))},
             {"merged_into", api::Nullable(api::IdText("tck"))},
             api::Optional("dispute", api::Nullable(api::Object(
                                          "What its customer says not to owe; of one ticket alone.",
                                          {{"amount", api::Ref("Money")},
                                           {"outcome", api::OneOf({"undecided", "right", "wrong",
                                                                   "withdrawn"})}}))),
             api::Optional("rating", api::Nullable(api::Object(
                                         "What its customer thought of it; of one ticket alone.",
                                         {{"rating", api::Integer("From 1, bad, to 5, good", 1, 5)},
                                          {"comment", api::Text("Their words", 1000)},
                                          {"at", api::Text("When")}})))})});
    registrar.Add(api::ListOf("TicketList", "Ticket"));
    registrar.Add(api::Schema{
        "TicketMessage",
        api::Object("What somebody said.",
                    {{"id", api::IdText("msg")},
                     {"public", api::Flag("Not a note of the staff's own")},
                     {"by", api::OneOf({"customer", "staff"})},
                     {"author", api::Text("By name")},
                     {"body", api::Text("The words", 20000)},
                     {"at", api::Text("When")},
                     {"attachments", api::ArrayOf(api::Object(
                                         "A file that was sent with it.",
                                         {{"id", api::IdText("att")},
                                          {"name", api::Text("As it was cleaned", 120)},
                                          {"type", api::Text("Media type, by its content")},
                                          {"size", api::Integer("Bytes", 1, 2'147'483'647)}}))}})});
    registrar.Add(api::ListOf("TicketMessageList", "TicketMessage"));
    registrar.Add(api::Schema{
        "NewTicket",
        api::Object(
            "What a customer asked.",
            {{"account", api::IdText("acc")},
             {"subject", api::Text("In one line", 150)},
             {"category", api::Text("As the desk's file names it")},
             {"body", api::Text("The words", 20000)},
             {"by", api::Text("Who writes it down, by name", 120)},
             api::Optional("priority", api::OneOf({"low", "normal", "high", "urgent"})),
             api::Optional("about", AboutSchema()),
             api::Optional("dispute", api::Flag("The invoice_line that it is about is not owed")),
             api::Optional("attachments", UploadsSchema())})});
    registrar.Add(api::Schema{
        "TicketAnswer",
        api::Object(
            "What the business says.",
            {{"body", api::Text("The words", 20000)},
             {"by", api::Text("Who says it, by name", 120)},
             api::Optional("note", api::Flag("Only for the staff")),
             api::Optional("attachments", UploadsSchema()),
             api::Optional("state", api::OneOf({"open", "waiting_for_customer", "solved"}))})});
    registrar.Add(api::Schema{
        "TicketChange",
        api::Object(
            "What is to be different; what is not there stays.",
            {{"by", api::Text("Who does it, by name", 120)},
             api::Optional("queue", api::Text("Where it waits")),
             api::Optional("category", api::Text("What it is about")),
             api::Optional("priority", api::OneOf({"low", "normal", "high", "urgent"})),
             api::Optional("assignee", api::Nullable(api::IdText("usr"))),
             api::Optional("state", api::OneOf({"open", "waiting_for_customer", "solved"}))})});
    const auto by = [] { return api::Text("Who does it, by name", 120); };
    registrar.Add(api::Schema{
        "TicketMerge",
        api::Object("Where it goes on.", {{"by", by()}, {"into", api::IdText("tck")}})});
    registrar.Add(api::Schema{
        "TicketSplit",
        api::Object("What leaves it.", {{"by", by()},
                                        {"subject", api::Text("Of the new one", 200)},
                                        {"messages", api::ArrayOf(api::IdText("msg"))}})});
    registrar.Add(api::Schema{"TicketWatcher",
                              api::Object("Who else is told.", {{"email", api::Text("Where")}})});
    registrar.Add(api::ListOf("TicketWatcherList", "TicketWatcher"));
    registrar.Add(api::Schema{
        "TicketWatch", api::Object("Whom.", {{"by", by()}, {"email", api::Text("Where", 254)}})});
    registrar.Add(api::Schema{
        "TicketMacro",
        api::Object("Which.",
                    {{"by", by()}, {"macro", api::Text("Its name in the desk's file", 32)}})});
    registrar.Add(api::Schema{
        "TicketDecision",
        api::Object("Whether it is owed.",
                    {{"by", by()},
                     {"customer_is_right", api::Flag("A credit note is made; else it is owed")},
                     {"answer", api::Text("What its customer reads", 20000)}})});
    registrar.Add(api::Schema{"TicketEscalation", api::Object("Who raises it.", {{"by", by()}})});
}

}  // namespace livery::service_desk
