#include "app/for_customers.h"

#include <livery/utf8.h>

namespace livery::service_desk {

namespace {

constexpr std::size_t kLongestName = 120;

// nullopt: the category's. One that there is not is for Tickets to refuse.
std::optional<int> PriorityIn(const std::string& name) {
    if (name.empty()) return std::nullopt;
    return PriorityFrom(name).value_or(kNoPriority);
}

}  // namespace

Result<About> ForCustomers::AboutOf(const Tenant& tenant, const Wish& wish) const {
    if (wish.about_kind.empty()) return About{};
    const auto about = parts_.subjects.Parse(tenant, wish.about_kind, wish.about_id);
    const auto words = [&](const std::string& plugin) {
        return parts_.words.Of(tenant.id, plugin);
    };
    if (!about || !parts_.subjects.Find(tenant, wish.account, *about, words))
        return InvalidField("about", "error.about");
    return *about;
}

std::optional<Identity::User> ForCustomers::CustomerOf(db::Transaction& tx,
                                                       AccountId account) const {
    for (const BillingContacts::Contact& contact : parts_.contacts.Of(tx, account)) {
        auto user = parts_.identity.FindByEmail(tx, Realm::kPortal, contact.email);
        if (user && user->subject == SubjectOf(account)) return user;
    }
    return std::nullopt;
}

Result<Ticket> ForCustomers::Open(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                                  const std::string& address, Instant now) const {
    if (wish.by.empty() || !IsUtf8(wish.by) || Characters(wish.by) > kLongestName)
        return InvalidField("by", "error.by");
    LIVERY_TRY(parts_.profiles.Of(tx, wish.account));
    Tickets::Wish asked{wish.account,  wish.subject,
                        wish.category, PriorityIn(wish.priority),
                        wish.body,     LIVERY_TRY(AboutOf(tenant, wish))};
    const auto customer = CustomerOf(tx, wish.account);
    std::string language = tenant.locales.front().substr(0, tenant.locales.front().find('-'));
    if (customer) {
        asked.opened_by = customer->id;
        if (!customer->language.empty()) language = customer->language;
    }
    asked.attachments = wish.attachments;
    const Writer writer{std::nullopt, wish.by, "", language, address};
    if (!wish.disputes) return parts_.tickets.Open(tx, tenant, asked, writer, now);
    if (asked.about.kind != "invoice_line" || !parts_.disputes.AreTaken(tenant))
        return InvalidField("dispute", "error.dispute_line");
    return parts_.disputes.Open(tx, tenant, asked, writer, now);
}

}  // namespace livery::service_desk
