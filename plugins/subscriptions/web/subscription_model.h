#pragma once

#include <vector>

#include <livery/ports/invoicing.h>
#include <livery/view/view_model.h>

#include "domain/agreement_choices.h"
#include "web/agreement_words.h"

namespace livery::subscriptions {

// One line of the list: display-ready.
void ShowRow(const AgreementWords& words, ViewModel& row);

// The detail page: the agreement, what else is in its bundle, what was invoiced for it and what may
// be done with it, where somebody can say so.
struct Detail {
    const AgreementWords& words;
    const std::vector<Agreement>& of_account;
    std::optional<SubscriptionBilling::Facts> billing;
    std::optional<AgreementChoices> choices;
};
void ShowDetail(const Detail& detail, ViewModel& model);

}  // namespace livery::subscriptions
