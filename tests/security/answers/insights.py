"""Pages that read across apps: the answers, as `answers` reads them."""

ROWS = """
insights:start                       G 200  302  302  302  302  302  302  302  302  302  200  302
insights:start                       P 405  405  405  405  405  405  405  405  405  405  405  405
insights:health                      G 200  200  200  200  200  200  200  200  200  200  200  200
insights:health                      P 405  405  405  405  405  405  405  405  405  405  405  405
insights:alive                       G 200  200  200  200  200  200  200  200  200  200  200  200
insights:alive                       P 405  405  405  405  405  405  405  405  405  405  405  405
insights:ready                       G 503  503  503  503  503  503  503  503  503  503  503  503
insights:ready                       P 405  405  405  405  405  405  405  405  405  405  405  405
insights:metrics                     G 404  404  404  404  404  404  404  404  404  404  404  404
insights:metrics                     P 405  405  405  405  405  405  405  405  405  405  405  405
insights:desk                        G 302  200  200  200  200  200  200  200  200  200  302  200
insights:desk                        P 419  405  405  405  405  405  405  405  405  405  419  405
insights:notices-read                G 302  405  405  405  405  405  405  405  405  405  302  405
insights:notices-read                P 419  302  302  302  302  302  302  302  302  302  419  302
insights:turnaround                  G 302  403  403  403  403  200  200  200  200  403  302  403
insights:turnaround                  P 419  403  403  403  403  405  405  405  405  403  419  403
insights:turnaround-file             G 302  403  403  403  403  200  200  200  200  403  302  403
insights:turnaround-file             P 419  403  403  403  403  405  405  405  405  403  419  403
insights:draft                       G 302  200  200  404  200  200  200  404  403  403  302  403
insights:draft                       P 419  405  405  405  405  405  405  405  403  403  419  403
insights:accessibility               G 200  200  200  200  200  200  200  200  200  200  200  200
insights:accessibility               P 405  405  405  405  405  405  405  405  405  405  405  405
insights:about-you                   G 200  200  200  200  200  200  200  200  200  200  200  200
insights:about-you                   P 405  405  405  405  405  405  405  405  405  405  405  405
insights:rules-desk                  G 302  403  403  403  403  403  403  403  403  200  302  403
insights:rules-desk                  P 419  403  403  403  403  403  403  403  403  405  419  403
insights:trial                       G 302  403  403  403  403  403  403  403  403  200  302  403
insights:trial                       P 419  403  403  403  403  403  403  403  403  302* 419  403
insights:start-force                 G 404  404  404  404  404  404  404  404  404  404  404  404
insights:start-force                 P 404  404  404  404  404  404  404  404  404  404  404  404
"""
