import json,subprocess,sys
D='/work/wt/judge/build/release/discern'; S='/work/shared/data/labelled/docs.jsonl'
row=[l for l in open(S) if json.loads(l)['id']==sys.argv[1]][0]
for r in ('/tmp/jb/old/config/rules','/work/wt/judge/config/rules'):
    o=json.loads(subprocess.run([D,'classify','--explain','--rules',r,'-'],input=row,capture_output=True,text=True).stdout)
    print([(t['id'],t['score']) for t in o['topics']])
    from collections import Counter
    c=Counter((h['rule'],h['text'].lower()[:40],h['state']) for h in o['hits'] if h['rule'] in sys.argv[2:])
    if r.startswith('/tmp'): base=c
    else: print('new hits',c-base,'\ngone',base-c)
