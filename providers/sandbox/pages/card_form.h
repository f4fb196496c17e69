#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/http/params.h>

#include "sandbox/book/methods.h"

namespace livery::sandbox {

// What a customer typed on the card page. The number is looked at here and goes no further: what
// is kept is the scenario that it stands for.
struct EnteredCard {
    const Scenario* scenario = nullptr;
    Expiry expiry;
};

struct WrongField {
    std::string field;  // "number"
    std::string_view word;
};

struct CardForm {
    EnteredCard card;
    std::vector<WrongField> wrong;  // empty: `card` is whole
};
// `now` in Unix seconds. Pure.
CardForm ReadCard(const Params& form, std::int64_t now);

// The page with the form. Neither number nor code is ever shown again; name and date are.
struct CardPage {
    std::string_view language;
    std::string merchant;
    std::string amount;  // "12.34 EUR"; "" where a card is kept without a charge
    const std::vector<WrongField>* wrong;
    const Params* typed;
};
std::string Render(const CardPage& page);

}  // namespace livery::sandbox
