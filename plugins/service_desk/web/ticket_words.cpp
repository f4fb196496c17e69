#include "web/ticket_words.h"

#include "web/reply_form.h"

namespace livery::service_desk {

std::string StateName(TicketState state, const Formatter& format) {
    return format.Text("ticket_state." + std::string(ToString(state)));
}

std::string StateForCustomer(TicketState state, const Formatter& format) {
    return format.Text("state_for_customer." + std::string(ToString(state)));
}

std::string_view BadgeOf(TicketState state) {
    switch (state) {
        case TicketState::kNew:
        case TicketState::kOpen:
            return "open";
        case TicketState::kWaitingForCustomer:
            return "paused";
        case TicketState::kSolved:
            return "active";
        case TicketState::kClosed:
            return "void";
    }
    return "";
}

std::string PriorityName(int priority, const Formatter& format) {
    return format.Text("priority." + std::string(PriorityText(priority)));
}

std::string QueueName(const Desk& desk, const std::string& queue, const Formatter& format) {
    const auto found = desk.queues.find(queue);
    return found == desk.queues.end() ? queue : In(found->second, format.language());
}

std::string CategoryName(const Desk& desk, const std::string& category, const Formatter& format) {
    const auto found = desk.categories.find(category);
    return found == desk.categories.end() ? category : In(found->second.label, format.language());
}

Writer WriterOf(const RequestContext& r) {
    const Visitor& visitor = r.visitor();
    return {visitor.user, visitor.display_name, visitor.email, std::string(r.format().language()),
            r.request().client_address};
}

void AddTalk(const RequestContext& r, const std::vector<Message>& messages, const Reading& reading,
             ViewModel& model) {
    auto& rows = model.Rows("talk", messages.size());
    for (const Message& message : messages) {
        ViewModel& row = rows.emplace_back();
        row.Set("who", message.author_name)
            .Set("when", r.format().Moment(message.at))
            .Set("words", message.body)
            .Flag("own", message.party == reading.reader)
            .Flag("note", !message.is_public);
        AddFiles(r, message, reading.ticket_href, row);
    }
}

}  // namespace livery::service_desk
