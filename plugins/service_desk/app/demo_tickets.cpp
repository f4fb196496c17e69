#include "app/demo_tickets.h"

#include <livery/check.h>

#include "app/watchers.h"

namespace livery::service_desk {

namespace {

std::string Text(const config::Node& node, std::string_view key, const char* otherwise = "") {
    const config::Node* found = node.Find(key);
    return found == nullptr ? otherwise : found->text;
}

long NumberIn(const config::Node& node, std::string_view key) {
    return std::strtol(Text(node, key, "0").c_str(), nullptr, 10);
}

Instant MomentOf(const DemoContext& demo, const config::Node& node) {
    return demo.now - std::chrono::minutes(NumberIn(node, "minutes_ago"));
}

Tickets::Parts Silent(Tickets::Parts parts, TicketLetters& letters) {
    return {parts.time, parts.ids, parts.audit, letters, parts.events, parts.staff};
}

Writer WriterOf(const Tenant& tenant, const Identity::User& user) {
    const std::string language =
        user.language.empty() ? tenant.locales.front().substr(0, 2) : user.language;
    return {user.id, user.display_name, user.email, language, ""};
}

}  // namespace

DemoTickets::DemoTickets(const Parts& parts)
    : database_(parts.database),
      identity_(parts.identity),
      letters_(mailer_, parts.identity, parts.staff, parts.threads),
      tickets_(Silent(parts.tickets, letters_)) {}

Identity::User DemoTickets::Named(const DemoContext& demo, Realm realm,
                                  const std::string& email) const {
    std::optional<Identity::User> user;
    database_.Transact(demo.tenant.id, [&](db::Transaction& tx) {
        user = identity_.FindByEmail(tx, realm, email);
    });
    LIVERY_CHECK(user.has_value(), "demo.yaml: nobody of `tickets` has such an address");
    return *std::move(user);
}

void DemoTickets::Generate(DemoContext& demo) const {
    if (const config::Node* stories = demo.script.Find("tickets"))
        for (const config::Node& story : stories->items) Tell(demo, story);
}

void DemoTickets::Tell(DemoContext& demo, const config::Node& story) const {
    const Identity::User customer = Named(demo, Realm::kPortal, Text(story, "from"));
    demo.clock.Set(MomentOf(demo, story));
    std::optional<Ticket> ticket;
    database_.Transact(demo.tenant.id, [&](db::Transaction& tx) {
        const Tickets::Wish wish{AccountOf(customer.subject), Text(story, "subject"),
                                 Text(story, "category"),     PriorityFrom(Text(story, "priority")),
                                 Text(story, "body"),         {}};
        auto opened =
            tickets_.Open(tx, demo.tenant, wish, WriterOf(demo.tenant, customer), demo.clock.Now());
        LIVERY_CHECK(opened.has_value(),
                     "demo.yaml: one of `tickets` lacks subject, category or body");
        ticket = *std::move(opened);
    });
    if (const config::Node* talk = story.Find("talk"))
        for (const config::Node& words : talk->items) Say(demo, *ticket, words);
    if (const config::Node* rating = story.Find("rating")) Rate(demo, *ticket, *rating);
}

void DemoTickets::Say(DemoContext& demo, Ticket& ticket, const config::Node& words) const {
    demo.clock.Set(MomentOf(demo, words));
    const bool of_staff = words.Find("staff") != nullptr;
    const Identity::User who = of_staff ? Named(demo, Realm::kConsole, Text(words, "staff"))
                                        : Named(demo, Realm::kPortal, Text(words, "from"));
    database_.Transact(demo.tenant.id, [&](db::Transaction& tx) {
        const Tickets::Reply reply{ticket.id, Text(words, "body"),
                                   TicketStateFrom(Text(words, "state")),
                                   Text(words, "note") == "true"};
        const Instant now = demo.clock.Now();
        if (of_staff && !ticket.assignee)
            ticket = tickets_.Assign(tx, demo.tenant, ticket.id, who.id, WriterOf(demo.tenant, who))
                         .value();
        const auto said =
            of_staff ? tickets_.Answer(tx, demo.tenant, reply, WriterOf(demo.tenant, who), now)
                     : tickets_.ReplyOwned(tx, demo.tenant, ticket.account, reply,
                                           WriterOf(demo.tenant, who), now);
        LIVERY_CHECK(said.has_value(), "demo.yaml: words of one of `tickets` cannot be said");
        ticket = *said;
    });
}

void DemoTickets::Rate(DemoContext& demo, const Ticket& ticket, const config::Node& rating) const {
    database_.Transact(demo.tenant.id, [&](db::Transaction& tx) {
        const auto rated =
            Watchers(tickets_, identity_)
                .Rate(tx, ticket.account, ticket.id, static_cast<int>(NumberIn(rating, "stars")),
                      Text(rating, "comment"), {}, demo.clock.Now());
        LIVERY_CHECK(rated.has_value(), "demo.yaml: a rating has 1 to 5 stars, of what is solved");
    });
}

}  // namespace livery::service_desk
