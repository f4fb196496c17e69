#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/http/request_context.h>
#include <livery/ids.h>
#include <livery/late_port.h>
#include <livery/view/view_model.h>

namespace livery {

// The way from a page of the portal to help with what it shows. Provided by a plugin that answers
// requests; the pages of others put it where they show a thing that a request can be about
// (ticket_subjects.h). Thread: any worker, during a request.
class HelpLinks {
 public:
    static constexpr std::string_view kPortId = "livery.help_links/1";
    virtual ~HelpLinks();
    // The form for a request about it; `id` as people read it. "": this tenant answers none.
    virtual std::string For(const Tenant& tenant, std::string_view kind, std::string_view id) = 0;
    // The form to say that a line of an invoice is not owed. "": nobody takes that here.
    virtual std::string ForDispute(const Tenant& tenant, InvoiceLineId line) = 0;
    struct Request {
        std::string number;
        std::string subject;
        std::string href;
        std::string badge;  // the colour of its state
        std::string state;  // in words
    };
    // What the account of who is signed in has asked about it, the newest first.
    virtual std::vector<Request> About(const RequestContext& request, std::string_view kind,
                                       const Uuid& id) = 0;
};

// What the theme's partial `help` shows: the way, and what was asked before. Nothing where there is
// no way.
void ShowHelpAbout(HelpLinks* help, const RequestContext& request, std::string_view kind,
                   const Uuid& id, std::string_view id_text, ViewModel& model);

template <class TypedId>
void ShowHelp(const LatePort<HelpLinks>& help, const RequestContext& request, std::string_view kind,
              TypedId id, ViewModel& model) {
    ShowHelpAbout(help.get(), request, kind, id.uuid(), id.ToString(), model);
}

}  // namespace livery
