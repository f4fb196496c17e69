#include "web/subjects_of_subscriptions.h"

#include "storage/agreement_repository.h"
#include "web/agreement_words.h"

namespace livery::subscriptions {

std::optional<TicketSubject> SubjectsOfSubscriptions::Find(const Asked& asked,
                                                           const Formatter& words) {
    const auto found = AgreementRepository::FindOfTenant(sources_.database, asked.tenant.id,
                                                         SubscriptionId(asked.id));
    if (!found || found->agreement.account != asked.account) return std::nullopt;
    const auto catalog = sources_.catalogs.Of(asked.tenant.id);
    const AgreementWords said(found->agreement, *catalog, sources_.time.CivilNow(asked.tenant),
                              words);
    return TicketSubject{said.Product() + ", " + said.Plan(), said.Path(), ""};
}

}  // namespace livery::subscriptions
