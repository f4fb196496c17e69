#include "web/help_from_pages.h"

#include "storage/ticket_repository.h"
#include "web/asked_about.h"
#include "web/ticket_words.h"

namespace livery::service_desk {

namespace {

constexpr std::size_t kMostShown = 10;

}  // namespace

std::string HelpFromPages::For(const Tenant& tenant, std::string_view kind, std::string_view id) {
    if (!tenant.Enables("service_desk")) return "";
    return PathAbout(std::string(kind) + ":" + std::string(id), false);
}

std::string HelpFromPages::ForDispute(const Tenant& tenant, InvoiceLineId line) {
    if (!tenant.Enables("service_desk") || !disputes_.AreTaken(tenant)) return "";
    return PathAbout("invoice_line:" + line.ToString(), true);
}

std::vector<HelpLinks::Request> HelpFromPages::About(const RequestContext& r, std::string_view kind,
                                                     const Uuid& id) {
    std::vector<Request> asked;
    const auto found = TicketRepository::ListAbout(database_, r.tenant().id, AccountOf(r),
                                                   {std::string(kind), id}, kMostShown);
    if (found.empty()) return asked;
    const auto words = r.FormatterOf("service_desk");
    for (const Ticket& ticket : found)
        asked.push_back({ticket.number, ticket.subject, "/tickets/" + ticket.id.ToString(),
                         std::string(BadgeOf(ticket.state)),
                         StateForCustomer(ticket.state, *words)});
    return asked;
}

}  // namespace livery::service_desk
