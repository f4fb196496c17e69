#pragma once

namespace livery {

// The name under which the model of a page holds an address of another company to which a form of
// the page posts: the page's Content-Security-Policy lets forms go there, and where that
// redirects them.
constexpr const char* kPostsTo = "posts_to";

}  // namespace livery
