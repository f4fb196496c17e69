#pragma once

#include <memory>
#include <string>
#include <vector>

#include <livery/http/request_context.h>
#include <livery/money/money.h>

namespace livery {

// What the home page tells: what do I have, what will it cost, what happens next. Every plugin adds
// its part; texts are ready to read. State words are among the themes' common texts.
struct Overview {
    struct Charge {
        Date on;
        Money amount;
        std::string what;
        std::string href;
    };
    struct Item {
        std::string title;
        std::string subtitle;
        std::string state;  // "active": names the badge; its word is the text `state.active`
        std::string price;  // "120.00 € a month"
        std::string next;   // a day, or what will happen on one
        std::string href;
    };
    struct Upcoming {
        Date on;
        std::string what;     // "Guest Wi-Fi": leads to `href`
        std::string happens;  // "Renews for 120.00 €"
        std::string icon;
        std::string href;
    };
    std::vector<Charge> charges;
    std::vector<Item> items;
    std::vector<Upcoming> upcoming;
    std::string all_items_href;
};

// The request speaks in the words of the plugin that contributes. Thread: any worker, during a
// request; one round trip to the database at most.
class OverviewSource {
 public:
    virtual ~OverviewSource();
    virtual void Contribute(const RequestContext& request, Overview& overview) = 0;
};

struct OwnedOverviewSource {
    std::string plugin;
    std::shared_ptr<OverviewSource> source;
};
using OverviewSources = std::vector<OwnedOverviewSource>;

}  // namespace livery
